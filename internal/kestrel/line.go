package kestrel

import "bytes"

// line is how far the first line of a request has been read.
type line struct {
	part  part
	read  int    // of the method
	http2 bool   // the line is the beginning of a connection of HTTP/2
	held  []byte // the beginning of an escape whose end has not arrived
}

type part int

const (
	inMethod part = iota
	inPath
	behindPath
)

// http2Method is the method in the preface of HTTP/2.
const http2Method = "PRI "

func (l *line) done() bool { return l.part == behindPath }

// mend returns what arrived with the path mended. It holds back the beginning of an escape at the end, and returns it the next
// time. Without a malformed escape it returns arrived itself.
func (l *line) mend(arrived []byte) []byte {
	start := 0
	if l.part == inMethod {
		start = l.skipMethod(arrived)
	}
	if l.part != inPath {
		return arrived
	}
	if len(l.held) > 0 {
		arrived, l.held = append(l.held, arrived...), nil // nothing of it is the method's
	}
	path := arrived[start:]
	if end := bytes.IndexAny(path, " ?\r\n"); end >= 0 {
		path, l.part = path[:end], behindPath
	}
	if bytes.IndexByte(path, '%') < 0 {
		return arrived
	}
	return l.mendPath(arrived[:start], path, arrived[start+len(path):])
}

// skipMethod returns where the path begins, or the end when it has not arrived yet.
func (l *line) skipMethod(arrived []byte) int {
	for i, c := range arrived {
		if l.read == 0 {
			l.http2 = true
		}
		l.http2 = l.http2 && c == http2Method[l.read] // the blank ends both
		l.read++
		switch c {
		case ' ':
			l.part = inPath
			if l.http2 {
				l.part = behindPath
			}
			return i + 1
		case '\r', '\n':
			l.part = behindPath
			return len(arrived)
		}
	}
	return len(arrived)
}

func (l *line) mendPath(before, path, after []byte) []byte {
	whole := l.done()
	mended := bytes.Clone(before)
	for i := range path {
		c := path[i]
		if c == '%' && !isEscape(path[i:]) {
			if !whole && isBeginning(path[i:]) {
				l.held = bytes.Clone(path[i:])
				break
			}
			mended = append(mended, "%25"...)
			continue
		}
		mended = append(mended, c)
	}
	return append(mended, after...)
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
