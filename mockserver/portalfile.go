package mockserver

import (
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/google/uuid"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/strict"
)

// FileError is a mistake in a portal file: its Path such as users[0].role, Line and Column, which are 0 when the file as a whole
// is meant.
type FileError = strict.Error

// ReadPortalFile reads a portal file. A mistake in it is a [*FileError] with line and column.
func ReadPortalFile(name string) (Portal, error) {
	text, err := readUpTo(name, maxFile)
	if err != nil {
		var path *os.PathError
		if errors.As(err, &path) {
			err = path.Err
		}
		return Portal{}, &FileError{File: name, Message: fmt.Sprintf("cannot be read: %v", err)}
	}
	return ParsePortal(name, text)
}

// maxFile is the largest portal file, in bytes.
const maxFile = 1 << 20

func readUpTo(name string, most int64) ([]byte, error) {
	f, err := os.Open(name) //nolint:gosec // the file that the caller names
	if err != nil {
		return nil, err
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, most+1))
	if int64(len(text)) > most {
		return nil, fmt.Errorf("larger than %d bytes", most)
	}
	return text, err
}

// ParsePortal reads the text of a portal file, YAML or JSON. name is for errors, which are [*FileError]. Ids and keys that the
// file leaves out stay empty: [New] mints them.
func ParsePortal(name string, text []byte) (Portal, error) {
	settings := FreshSettings()
	p := Portal{Settings: &settings}
	file, err := strict.Parse(name, text)
	if err != nil {
		return Portal{}, err
	}
	if err := file.Decode(&p); err != nil {
		return Portal{}, err
	}
	// These are the checks for a portal made in Go. Here they can say where the mistake is.
	_, err = p.complete(uuid.NewString, func(linkID string) string { return "minted for " + linkID })
	var mistake *PortalError
	if errors.As(err, &mistake) {
		return Portal{}, file.Fail(mistake.Path, mistake.Message)
	}
	return p, nil
}
