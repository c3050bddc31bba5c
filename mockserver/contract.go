package mockserver

// ContractMode is what becomes of a request that does not keep to openapi.yaml.
type ContractMode string

// The modes.
const (
	ContractWarn    ContractMode = "warn"    // it is told, in the header X-Mock-Contract, the log and the journal
	ContractEnforce ContractMode = "enforce" // one of the four calls is also refused with 400, unless it is refused anyway
	ContractOff     ContractMode = "off"     // nobody looks
)

// ContractModes are all of them; the first is the default.
func ContractModes() []ContractMode {
	return []ContractMode{ContractWarn, ContractEnforce, ContractOff}
}

// Violation is one place in which a request does not keep to openapi.yaml. It repeats no values, which may be secret.
type Violation struct {
	Pointer string // JSON pointer into the request: /body/set, /header/Content-Type, /query/fields, /path, /method
	Message string
}

func (v Violation) String() string { return v.Pointer + ": " + v.Message }
