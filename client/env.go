package client

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"
)

// maxKeyFile is more than any key is long: a file beyond that is another file.
const maxKeyFile = 64 << 10

// FromEnv makes a [Portal] from the environment, and nothing else in this package reads it:
//
//   - DOCSPACE_URL, the portal's address; it has to be set
//   - DOCSPACE_API_KEY, an API key; or DOCSPACE_API_KEY_FILE, a file with one, as secrets are mounted
//   - DOCSPACE_TIMEOUT, the time for each call, such as "30s", see [WithTimeout]
//
// Without a key the portal is asked as a visitor, unless one of the options is a credential. A key that is set and empty
// is an error, since it was meant to be one. Options come after the environment.
func FromEnv(opts ...Option) (*Portal, error) {
	address := os.Getenv("DOCSPACE_URL")
	if address == "" {
		return nil, errors.New("docspace: DOCSPACE_URL is not set; expected something like https://yourportal.onlyoffice.com")
	}
	var given []Option
	key, err := keyFromEnv()
	switch {
	case err != nil:
		return nil, fmt.Errorf("docspace: %w", err)
	case key != nil:
		given = append(given, WithAPIKey(*key))
	}
	if text := os.Getenv("DOCSPACE_TIMEOUT"); text != "" {
		timeout, err := time.ParseDuration(text)
		if err != nil || timeout <= 0 {
			return nil, errors.New("docspace: DOCSPACE_TIMEOUT is not a time to wait; expected something like 30s")
		}
		given = append(given, WithTimeout(timeout))
	}
	return New(address, append(given, opts...)...)
}

// keyFromEnv gives nil when there is none. Its errors say where to look and quote nothing.
func keyFromEnv() (*string, error) {
	key, isSet := os.LookupEnv("DOCSPACE_API_KEY")
	path, isFile := os.LookupEnv("DOCSPACE_API_KEY_FILE")
	switch {
	case isSet && isFile:
		return nil, errors.New("DOCSPACE_API_KEY and DOCSPACE_API_KEY_FILE are both set; set one of them")
	case isSet:
		if err := checkHeaderText("key", key); err != nil {
			return nil, fmt.Errorf("DOCSPACE_API_KEY: %w", err)
		}
		return &key, nil
	case !isFile:
		return nil, nil //nolint:nilnil // there is none, and that is no error
	}
	if info, err := os.Stat(path); err == nil && !info.Mode().IsRegular() { // opening a pipe would wait for its writer
		return nil, errors.New("DOCSPACE_API_KEY_FILE: it is not a regular file")
	}
	file, err := os.Open(path) //nolint:gosec // whoever sets the variable chooses the file
	if err != nil {
		var reason *os.PathError
		if errors.As(err, &reason) { // the path may be a key that was put into the wrong variable
			err = reason.Err
		}
		return nil, fmt.Errorf("DOCSPACE_API_KEY_FILE: the file cannot be opened: %w", err)
	}
	defer file.Close()
	content, err := io.ReadAll(io.LimitReader(file, maxKeyFile+1))
	switch {
	case err != nil:
		return nil, errors.New("DOCSPACE_API_KEY_FILE: the file cannot be read")
	case len(content) > maxKeyFile:
		return nil, errors.New("DOCSPACE_API_KEY_FILE: the file is too large for a key")
	}
	text := strings.TrimRight(string(content), "\r\n") // files end with one
	if err := checkHeaderText("key", text); err != nil {
		return nil, fmt.Errorf("DOCSPACE_API_KEY_FILE: %w", err)
	}
	return &text, nil
}
