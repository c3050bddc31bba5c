package dotnet

// BodyError is a request body that the model binding cannot read. The filter of [ApiController] answers it as a validation
// problem.
type BodyError struct {
	Key         string // in errors of the problem, such as $.set
	Message     string // in the server's words
	Explanation string // in ours: what is wrong, where, and what to do
}

func (e *BodyError) Error() string { return "400: " + e.Explanation }
