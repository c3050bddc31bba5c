package client

// checkShareKey refuses the three keys that cannot be sent. All others are escaped and arrive byte for byte; but the
// empty one leaves no path segment, and a segment of dots alone means a directory and is resolved away, in any escaping.
func checkShareKey(c *call, key string) error {
	switch key {
	case "":
		return c.refuse("the share key is empty", ErrInvalidShareKey, ErrInvalidArgument)
	case ".", "..":
		return c.refuse("the share key consists of dots alone and would change the address", ErrInvalidShareKey, ErrInvalidArgument)
	}
	return nil
}
