package text

import "testing"

func TestHasLoneSurrogate(t *testing.T) {
	tests := map[string]bool{
		`"plain"`: false, `"\u0041"`: false, `"\ud83d\ude00"`: false, `"\\ud83d"`: false, `"�"`: false, `"\ufffd"`: false,
		`"\ud83d"`: true, `"\ude00"`: true, `"\ud83dx"`: true, `"\ud83d\ud83d\ude00"`: true, `"\ud83d\n"`: true, `"\uD83D\u0041"`: true,
	}
	for written, want := range tests {
		if got := HasLoneSurrogate([]byte(written)); got != want {
			t.Errorf("%s: %t, want %t", written, got, want)
		}
	}
}
