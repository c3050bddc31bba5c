package mockserver

import (
	"strconv"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/dotnet"
)

// objectWriter writes a JSON object property by property. Lists of entries have thousands of properties, for which encoding/json takes
// several times as long.
type objectWriter struct{ json []byte }

func (w *objectWriter) name(name string) {
	separator := byte(',')
	if len(w.json) == 0 {
		separator = '{'
	}
	w.json = append(append(append(w.json, separator, '"'), name...), `":`...)
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
	w.json = dotnet.AppendJSON(w.json, text)
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

// end is the whole object.
func (w *objectWriter) end() []byte {
	if len(w.json) == 0 {
		return []byte("{}")
	}
	return append(w.json, '}')
}
