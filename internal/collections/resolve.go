package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
)

// resolved is a chapter with what the contract says about its requests.
type resolved struct {
	chapter
	requests []request
}

// request is a step with what the contract says about its call.
type request struct {
	step
	method, route string // the route has its parameters as :name
	about         string
	pathValues    []parameter
	queryValues   []parameter
	bodyText      string // JSON, "" when the call has no body
}

// parameter is one of a path or query.
type parameter struct {
	name, value, description string
	off                      bool // there for people to switch on
}

// call is one of the contract.
type call struct {
	method, path string
	parameters   []*openapi3.Parameter
	*openapi3.Operation
}

// resolve finds the calls of all steps. A call of the contract that no step makes is an error.
func resolve(document *openapi3.T, chapters []chapter) ([]resolved, error) {
	calls := map[string]call{}
	for path, item := range document.Paths.Map() {
		for method, operation := range item.Operations() {
			one := call{method: method, path: path, Operation: operation}
			for _, ref := range slices.Concat(item.Parameters, operation.Parameters) {
				one.parameters = append(one.parameters, ref.Value)
			}
			calls[operation.OperationID] = one
		}
	}
	missing := maps.Clone(calls)
	var all []resolved
	for _, c := range chapters {
		one := resolved{chapter: c}
		for _, s := range c.steps {
			found, ok := calls[s.operation]
			if !ok {
				return nil, fmt.Errorf("%s: the contract has no call %s", s.name, s.operation)
			}
			r, err := found.request(s)
			if err != nil {
				return nil, fmt.Errorf("%s: %s: %w", s.name, s.operation, err)
			}
			one.requests = append(one.requests, r)
			delete(missing, s.operation)
		}
		all = append(all, one)
	}
	if len(missing) > 0 {
		return nil, fmt.Errorf("no request in internal/collections/story.go makes these calls: %s", strings.Join(slices.Sorted(maps.Keys(missing)), ", "))
	}
	return all, nil
}

func (c call) request(s step) (request, error) {
	r := request{step: s, method: c.method, route: c.path, about: strings.TrimSpace(c.Description)}
	unused := map[string]bool{}
	for name := range s.path {
		unused[name] = true
	}
	for name := range s.query {
		unused[name] = true
	}
	for _, p := range c.parameters {
		delete(unused, p.Name)
		one := parameter{name: p.Name, description: firstSentence(p.Description)}
		switch p.In {
		case openapi3.ParameterInPath:
			r.route = strings.ReplaceAll(r.route, "{"+p.Name+"}", ":"+p.Name)
			if one.value = s.path[p.Name]; one.value == "" {
				return request{}, fmt.Errorf("the step has no value for %s in the path", p.Name)
			}
			r.pathValues = append(r.pathValues, one)
		case openapi3.ParameterInQuery:
			if one.value = s.query[p.Name]; one.value == "" {
				if p.Name == "fields" && s.operation != "getFilesSettings" {
					continue // its example has properties of the settings alone
				}
				one.value, one.off = variableOf(exampleText(p.Example)), true
			}
			r.queryValues = append(r.queryValues, one)
		default:
			return request{}, fmt.Errorf("a parameter in %s is not known here", p.In)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(unused)) {
		return request{}, fmt.Errorf("the call has no parameter %s", name)
	}
	changed := s.forget
	for _, k := range s.keep {
		changed = append(slices.Clone(changed), k.variable)
	}
	for _, name := range changed {
		if _, ok := initial(name); !ok {
			return request{}, fmt.Errorf("there is no variable %s", name)
		}
	}
	var err error
	r.bodyText, err = c.body(s)
	return r, err
}

// body is that of the step, or else the example of the contract, as JSON.
func (c call) body(s step) (string, error) {
	if c.RequestBody == nil {
		if s.body != nil {
			return "", errors.New("the call has no body")
		}
		return "", nil
	}
	media := c.RequestBody.Value.Content.Get("application/json")
	var value any = s.body
	if s.body == nil {
		value = media.Example
	}
	properties, ok := value.(map[string]any)
	if !ok {
		return "", errors.New("the contract has no single example of the body")
	}
	for name := range properties {
		if media.Schema.Value.Properties[name] == nil {
			return "", fmt.Errorf("the body has no property %s", name)
		}
	}
	text, err := json.MarshalIndent(value, "", "  ")
	return string(text), err
}

// exampleText is an example as a query has it.
func exampleText(example any) string {
	list, ok := example.([]any)
	if !ok {
		return fmt.Sprint(example)
	}
	var texts []string
	for _, value := range list {
		texts = append(texts, fmt.Sprint(value))
	}
	return strings.Join(texts, ",")
}

// initial is the value of a variable at first.
func initial(name string) (value string, ok bool) {
	i := slices.IndexFunc(variables, func(v variable) bool { return v.name == name })
	if i < 0 {
		return "", false
	}
	return variables[i].value, true
}

// variableOf is the variable that has a value at first, or else the value.
func variableOf(value string) string {
	for _, v := range variables {
		if v.value == value {
			return "{{" + v.name + "}}"
		}
	}
	return value
}

func firstSentence(text string) string {
	first, _, cut := strings.Cut(strings.Join(strings.Fields(text), " "), ". ")
	if cut {
		first += "."
	}
	return first
}
