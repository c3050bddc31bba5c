package mockserver

import (
	"strconv"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/dotnet"
)

// objectWriter writes a JSON object property by property. Lists of entries have thousands of properties, for which encoding/json takes
// several times as long.
type objectWriter struct{ json []byte }

// appendObject begins an object after what is in b.
func appendObject(b []byte) objectWriter { return objectWriter{append(b, '{')} }

func (w *objectWriter) name(name string) {
	if w.json[len(w.json)-1] != '{' {
		w.json = append(w.json, ',')
	}
	w.json = append(append(append(w.json, '"'), name...), `":`...)
}

func (w *objectWriter) int(name string, n int) {
	w.name(name)
	w.json = strconv.AppendInt(w.json, int64(n), 10)
}

func (w *objectWriter) bool(name string, on bool) {
	w.name(name)
	w.json = strconv.AppendBool(w.json, on)
}

func (w *objectWriter) text(name, text string) {
	w.name(name)
	w.json = dotnet.AppendText(w.json, text)
}

// raw writes a value that is JSON already.
func (w *objectWriter) raw(name string, value []byte) {
	w.name(name)
	w.json = append(w.json, value...)
}

// texts writes a list of texts that need no escapes.
func (w *objectWriter) texts(name string, texts []string) {
	w.name(name)
	w.json = append(w.json, '[')
	for i, text := range texts {
		if i > 0 {
			w.json = append(w.json, ',')
		}
		w.json = append(append(append(w.json, '"'), text...), '"')
	}
	w.json = append(w.json, ']')
}

// end is what was in b, and the object.
func (w *objectWriter) end() []byte { return append(w.json, '}') }
