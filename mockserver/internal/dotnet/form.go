package dotnet

import (
	"bytes"
	"fmt"
	"strings"
)

// The limits of ASP.NET Core (FormOptions.cs). That of a part is beyond the largest body.
const (
	maxFormValues      = 1024
	maxFormKey         = 2048
	maxFormValue       = 4 << 20
	maxFormBoundary    = 128
	maxPartHeaders     = 16
	maxPartHeadersSize = 16 << 10
)

// IsForm says whether the server reads bodies of this type as a form, before it asks whether it takes the type at all. The
// argument has the values of the header Content-Type.
func IsForm(contentType []string) bool {
	media, ok := parseStrict(JoinValues(contentType))
	return ok && media.isForm()
}

// FormError says why the server does not take a body as a form. Both results are "" for a form that it takes, and for a type that
// is no form. The server does not read a body whose Content-Length is 0.
//
// unreadable is what stands behind "Failed to read the request form. " (FormValueProviderFactory.cs, aspnetcore). badKey is the
// message of the System.ArgumentException (hresult -2147024809) that a readable form ends in when a key has a "[" that nothing
// closes. It was not recorded: it is a reading of JQueryKeyValuePairNormalizer.cs (aspnetcore), which runs over the keys of each
// form.
func FormError(contentType []string, body []byte) (unreadable, badKey string) {
	keys, unreadable := readForm(contentType, body)
	if unreadable != "" {
		return unreadable, ""
	}
	for _, key := range keys {
		if strings.LastIndexByte(key, '[') > strings.LastIndexByte(key, ']') {
			return "", fmt.Sprintf("The key '%s' is invalid JQuery syntax because it is missing a closing bracket. (Parameter 'key')", key)
		}
	}
	return "", ""
}

// readForm returns the keys in their order.
func readForm(contentType []string, body []byte) (keys []string, failure string) {
	media, ok := parseStrict(JoinValues(contentType))
	switch {
	case !ok || !media.isForm():
		return nil, ""
	case media.isMultipart():
		return readMultipart(media, body)
	default:
		return readPairs(body)
	}
}

// readPairs reads application/x-www-form-urlencoded (FormPipeReader.cs, aspnetcore). Empty pairs count too.
func readPairs(body []byte) (keys []string, failure string) {
	for len(body) > 0 {
		pair, rest, _ := bytes.Cut(body, []byte("&"))
		key, value, _ := bytes.Cut(pair, []byte("="))
		switch {
		case len(pair) > maxFormKey+maxFormValue+2: // noticed before the end of the pair has come
			return nil, fmt.Sprintf("Form key length limit %d or value length limit %d exceeded.", maxFormKey, maxFormValue)
		case len(key) > maxFormKey:
			return nil, fmt.Sprintf("Form key length limit %d exceeded.", maxFormKey)
		case len(value) > maxFormValue:
			return nil, fmt.Sprintf("Form value length limit %d exceeded.", maxFormValue)
		case bytes.Contains(pair, []byte("%00")):
			return nil, "The form value contains invalid characters."
		case len(keys) == maxFormValues:
			return nil, fmt.Sprintf("Form value count limit %d exceeded.", maxFormValues)
		}
		keys = append(keys, DecodeUTF8([]byte(UnescapeForm(string(key)))))
		body = rest
	}
	return keys, ""
}
