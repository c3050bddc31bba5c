package mockserver

// ContractMode says how the fake treats requests that break openapi.yaml.
type ContractMode string

// The modes.
const (
	ContractWarn    ContractMode = "warn"    // reports the violations in the header X-Mock-Contract, the log and the journal
	ContractEnforce ContractMode = "enforce" // also refuses the four calls with 400, unless they are refused for another reason
	ContractOff     ContractMode = "off"     // does not check requests
)

// ContractModes returns all modes. The first one is the default.
func ContractModes() []ContractMode {
	return []ContractMode{ContractWarn, ContractEnforce, ContractOff}
}

// Violation is one place where a request breaks openapi.yaml. It does not repeat values of the request, because they may be
// secret.
type Violation struct {
	Pointer string // place in the request, such as /body/set, /header/Content-Type, /query/fields, /path or /method
	Message string
}

func (v Violation) String() string { return v.Pointer + ": " + v.Message }
