package kestrel

import "bytes"

// head is how far the first line and the headers of a request have been read.
type head struct {
	part  part
	read  int    // of the method
	http2 bool   // it is the beginning of a connection of HTTP/2
	held  []byte // the beginning of an escape whose end has not arrived
}

type part int

const (
	inMethod part = iota
	inPath
	behindPath // the rest of the line
	inName
	inValue
	behindHead
)

// http2Method is the method in the preface of HTTP/2.
const http2Method = "PRI "

func (h *head) done() bool { return h.part == behindHead }

// mend returns what arrived with the path and the names of headers mended. It holds back the beginning of an escape at the end, and
// returns it the next time. Without a malformed escape it returns arrived itself.
func (h *head) mend(arrived []byte) []byte {
	start := 0
	if h.part == inMethod {
		start = h.skipMethod(arrived)
	}
	if h.part != inPath {
		h.mendNames(arrived[start:])
		return arrived
	}
	if len(h.held) > 0 {
		arrived, h.held = append(h.held, arrived...), nil // nothing of it is the method's
	}
	path := arrived[start:]
	if end := bytes.IndexAny(path, " ?\r\n"); end >= 0 {
		path, h.part = path[:end], behindPath
		h.mendNames(arrived[start+end:])
	}
	if bytes.IndexByte(path, '%') < 0 {
		return arrived
	}
	return h.mendPath(arrived[:start], path, arrived[start+len(path):])
}

// skipMethod returns where the path begins, or the end when it has not arrived yet.
func (h *head) skipMethod(arrived []byte) int {
	for i, c := range arrived {
		if h.read == 0 {
			h.http2 = true
		}
		h.http2 = h.http2 && c == http2Method[h.read] // the blank ends both
		h.read++
		switch c {
		case ' ':
			h.part = inPath
			if h.http2 {
				h.part = behindHead
			}
			return i + 1
		case '\r', '\n':
			h.part = behindHead // no path in this line
			return len(arrived)
		}
	}
	return len(arrived)
}

func (h *head) mendPath(before, path, after []byte) []byte {
	whole := h.part > inPath
	mended := bytes.Clone(before)
	for i := range path {
		c := path[i]
		if c == '%' && !isEscape(path[i:]) {
			if !whole && isBeginning(path[i:]) {
				h.held = bytes.Clone(path[i:])
				break
			}
			mended = append(mended, "%25"...)
			continue
		}
		mended = append(mended, c)
	}
	return append(mended, after...)
}

// mendNames replaces what net/http does not take in the name of a header. Kestrel takes it, but no header with such a name means
// anything to the server.
func (h *head) mendNames(text []byte) {
	for i, c := range text {
		switch {
		case h.part == behindHead:
			return
		case h.part == inName && (c == '\r' || c == '\n'):
			h.part = behindHead // an empty line, or one that net/http refuses
		case c == '\n':
			h.part = inName
		case h.part == inName && c == ':':
			h.part = inValue
		case h.part == inName && bytes.IndexByte([]byte(`"(),/;<=>?@[\]{}`), c) >= 0:
			text[i] = '_'
		}
	}
}

const escapeLength = len("%XX")

func isEscape(text []byte) bool {
	return len(text) >= escapeLength && isHex(text[1]) && isHex(text[2])
}

// isBeginning says whether a text that begins with % is the beginning of an escape, or may become one.
func isBeginning(text []byte) bool {
	return len(text) == 1 || len(text) == 2 && isHex(text[1])
}

func isHex(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c|0x20 && c|0x20 <= 'f'
}
