package client

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"
)

// maxKeyFile is the largest key file, in bytes. A larger file is not a key file.
const maxKeyFile = 64 << 10

// FromEnv makes a [Portal] from environment variables. No other function of this package reads the environment.
//
//   - DOCSPACE_URL is the portal's address. It must be set.
//   - DOCSPACE_API_KEY is an API key. DOCSPACE_API_KEY_FILE is a file that contains one. Set at most one of them.
//   - DOCSPACE_TIMEOUT is the time for each call, such as "30s". See [WithTimeout].
//
// Without a key and without a credential option the calls are those of a visitor. A key that is set and empty is an error,
// because it is a mistake. Options are applied after the environment.
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

// keyFromEnv gives nil when no key is set. Its errors name the variable and quote nothing.
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
		return nil, nil //nolint:nilnil // no key is no error
	}
	if info, err := os.Stat(path); err == nil && !info.Mode().IsRegular() { // to open a pipe would wait for its writer
		return nil, errors.New("DOCSPACE_API_KEY_FILE: it is not a regular file")
	}
	file, err := os.Open(path) //nolint:gosec // the user who sets the variable chooses the file
	if err != nil {
		var reason *os.PathError
		if errors.As(err, &reason) { // the path may be a key in the wrong variable
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
	text := strings.TrimRight(string(content), "\r\n") // editors end a file with a line break
	if err := checkHeaderText("key", text); err != nil {
		return nil, fmt.Errorf("DOCSPACE_API_KEY_FILE: %w", err)
	}
	return &text, nil
}
