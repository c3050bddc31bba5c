package mockserver

import (
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/google/uuid"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/strict"
)

// FileError is a mistake in a portal file.
type FileError struct {
	File         string
	Path         string // of the value, such as users[0].role; "" when the mistake is not about one value
	Line, Column int    // from 1; 0 when the mistake is about the whole file
	Message      string
}

func (e *FileError) Error() string { return (*strict.Error)(e).Error() }

// asFileError gives what package strict says of a portal file in the words of this package.
func asFileError(err error) error {
	var mistake *strict.Error
	if errors.As(err, &mistake) {
		return (*FileError)(mistake)
	}
	return err
}

// ReadPortalFile reads a portal file of at most [MaxPortalText] bytes, see [ParsePortal]. The error is a [*FileError].
func ReadPortalFile(name string) (Portal, error) {
	file, err := CheckPortalFile(name)
	return file.Portal, err
}

// PortalFile is a portal file that was read.
type PortalFile struct {
	Portal   Portal
	Warnings []*FileError // about what is allowed, and is probably a mistake: such as no owner, or two
}

// CheckPortalFile reads a portal file as [ReadPortalFile] does, and finds what is probably a mistake in it.
func CheckPortalFile(name string) (PortalFile, error) {
	text, err := readFile(name)
	if err != nil {
		var path *os.PathError
		if errors.As(err, &path) {
			err = path.Err
		}
		return PortalFile{}, &FileError{File: name, Message: fmt.Sprintf("cannot be read: %v", err)}
	}
	return parsePortal(name, text)
}

// MaxPortalText is the largest text of a whole portal that is read, in bytes: as a portal file, and as the body of a control call.
// What a portal of 10,000 records becomes in a state file is smaller.
const MaxPortalText = 16 << 20

func readFile(name string) ([]byte, error) {
	f, err := os.Open(name) //nolint:gosec // the caller chooses the file
	if err != nil {
		return nil, err
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, MaxPortalText+1))
	if len(text) > MaxPortalText {
		return nil, fmt.Errorf("larger than %d bytes", MaxPortalText)
	}
	return text, err
}

// ParsePortal reads the text of a portal file, which is YAML or JSON. name is the name of the file in errors. IDs and keys
// that the file leaves out stay empty: [New] makes them. The error is a [*FileError].
func ParsePortal(name string, text []byte) (Portal, error) {
	file, err := parsePortal(name, text)
	return file.Portal, err
}

func parsePortal(name string, text []byte) (PortalFile, error) {
	settings := FreshSettings()
	p := Portal{Settings: &settings}
	file, err := strict.Parse(name, text)
	if err != nil {
		return PortalFile{}, asFileError(err)
	}
	if err := file.Decode(&p); err != nil {
		return PortalFile{}, asFileError(err)
	}
	// New makes the same checks later. Here the errors can name the line and the column.
	complete, err := p.complete(uuid.NewString, secret("any"))
	var mistake *PortalError
	if errors.As(err, &mistake) {
		return PortalFile{}, asFileError(file.Fail(mistake.Path, mistake.Message))
	}
	result := PortalFile{Portal: p}
	for _, w := range complete.warnings(file.Has) {
		result.Warnings = append(result.Warnings, (*FileError)(file.Fail(w.at, w.message)))
	}
	return result, nil
}
