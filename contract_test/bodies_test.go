package contract_test

import (
	"encoding/binary"
	"fmt"
	"net/http"
	"strings"
	"unicode/utf16"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
)

// bodySpecs describe how every call reads its body: media types, encodings, depth and size
// (SystemTextJsonInputFormatter.cs of ASP.NET Core).
func bodySpecs(t *target) {
	Describe("bodies", func() {
		inUTF16 := func(text string) string {
			var encoded []byte
			for _, unit := range utf16.Encode([]rune(text)) {
				encoded = binary.LittleEndian.AppendUint16(encoded, unit)
			}
			return string(encoded)
		}
		put := func(ctx SpecContext, body, media string) answer {
			GinkgoHelper()
			return t.send(ctx, request{method: http.MethodPut, path: "files/settings/external", key: t.owner, body: body, media: media, off: true})
		}
		nested := func(open, end string, times int) string {
			return `{"set":false,"x":` + strings.Repeat(open, times) + `1` + strings.Repeat(end, times) + `}`
		}

		DescribeTable("are read as",
			func(ctx SpecContext, body, media string, reads bool) {
				if t.recorder != nil {
					Skip("needs content types and bytes that recordings do not keep")
				}
				t.setSwitch(ctx, "external", true)
				a := put(ctx, body, media)
				if !reads {
					t.expectBadRequest(a, "$")
					Expect(t.switches(ctx).external).To(BeTrue())
					return
				}
				Expect(a).To(haveStatus(http.StatusOK))
				Expect(a).To(haveMember(BeFalse(), "response"))
			},
			Entry("UTF-16, when the content type says so", t.holds("A127"), inUTF16(`{"set":false}`), "application/json; charset=utf-16", true),
			Entry("UTF-16, in capitals and quotes", t.holds("A127"), inUTF16(`{"set":false}`), `application/json; charset="UTF-16"`, true),
			Entry("UTF-16 only when the content type says so", t.holds("A111", "A112"), inUTF16(`{"set":false}`), "application/json", false),
			Entry("UTF-16 with letters of two units", t.holds("A127"), inUTF16(`{"set":false,"x":"😀"}`), "application/json; charset=utf-16", true),
			Entry("UTF-8 with a byte order mark", t.holds("A128"), "\xef\xbb\xbf"+`{"set":false}`, "application/json", true),
			Entry("UTF-16 by other names", t.holds("A127"), inUTF16(`{"set":false}`), "application/json; charset=Unicode", true),
			Entry("bytes that are not UTF-8, in a value that nobody reads", t.holds("A103"), `{"set":false,"x":"`+"\xff"+`"}`, "application/json", true),
			Entry("bytes that are not UTF-8, in a name that nobody reads", t.holds("A103"), `{"set":false,"`+"\xff"+`":1}`, "application/json", true),
			Entry("no bytes that are not UTF-8, outside of texts", t.holds("A111", "A112"), `{"set":false}`+"\xff", "application/json", false),
			Entry("JSON of any spacing", t.holds("A103"), " \r\n\t{ \"set\"\n:\tfalse } \n", "application/json", true),
			Entry("a media type in capitals", t.holds("A115"), `{"set":false}`, "APPLICATION/JSON; CHARSET=UTF-8", true),
			Entry("problem+json", t.holds("A115"), `{"set":false}`, "application/problem+json; charset=utf-8", true),
			Entry("objects within objects, to a depth of 32", t.holds("A129"), nested(`{"y":`, `}`, 31), "application/json", true),
			Entry("no objects that are nested deeper", t.holds("A129"), nested(`{"y":`, `}`, 32), "application/json", false),
			Entry("lists within the object, to a depth of 32", t.holds("A129"), nested(`[`, `]`, 31), "application/json", true),
			Entry("no lists that are nested deeper", t.holds("A129"), nested(`[`, `]`, 32), "application/json", false),
			Entry("many lists side by side", t.holds("A129"), `{"set":false,"x":[`+strings.Repeat(`[],`, 40)+`[]]}`, "application/json", true),
			Entry("one value without another one after it", t.holds("A111", "A112"), `{"set":false}{}`, "application/json", false),
			Entry("one value without a comma after it", t.holds("A111", "A112"), `{"set":false},`, "application/json", false),
			Entry("one value without a semicolon after it", t.holds("A111", "A112"), `{"set":false};`, "application/json", false),
			Entry("one value without a zero byte after it", t.holds("A111", "A112"), "{\"set\":false}\x00", "application/json", false),
			Entry("one value without a form feed after it", t.holds("A111", "A112"), "{\"set\":false}\f", "application/json", false),
			Entry("one value without a no-break space after it", t.holds("A111", "A112"), "{\"set\":false}\u00a0", "application/json", false),
			Entry("one value without null after it", t.holds("A111", "A112"), `null null`, "application/json", false),
			Entry("a lone surrogate, in a value that nobody reads", t.holds("A103"), `{"set":false,"x":"\ud800"}`, "application/json", true),
			Entry("half a surrogate pair, in a value that nobody reads", t.holds("A103"), `{"set":false,"x":"\ud83d\u0041"}`, "application/json", true),
			Entry("a lone surrogate, in a name within a value that nobody reads", t.holds("A103"), `{"set":false,"x":{"\ud800":1}}`, "application/json", true),
			Entry("no lone surrogate in a name", t.holds("A111", "A112"), `{"set":false,"\ud800":1}`, "application/json", false),
			Entry("text/… that ends with +json", t.holds("A115"), `{"set":false}`, "text/x+json", true),
			Entry("a type with two suffixes", t.holds("A115"), `{"set":false}`, "application/x+y+json", true),
			Entry("a type with text after it", t.holds("A115"), `{"set":false}`, "application/json, text/plain", true),
			Entry("escapes of surrogate pairs", t.holds("A103"), `{"set":false,"x":"\ud83d\ude00"}`, "application/json", true),
		)

		DescribeTable("are not accepted as", t.holds("A117", "A116"),
			func(ctx SpecContext, media string) {
				t.setSwitch(ctx, "external", true)
				t.expectUnsupportedMediaType(put(ctx, `{"set":false}`, media))
				Expect(t.switches(ctx).external).To(BeTrue())
			},
			Entry("image/… that ends with +json", "image/x+json"),
			Entry("application/… that only begins with json", "application/jsonx"),
			Entry("JSON in UTF-32", "application/json; charset=utf-32"),
			Entry("application/… that only ends with json", "application/xjson"),
			Entry("JSON in ASCII", "application/json; charset=us-ascii"),
			Entry("JSON in Latin-1", "application/json; charset=iso-8859-1"),
			Entry("JSON in UTF-7", "application/json; charset=utf-7"),
			Entry("anything", "*/*"),
		)

		It("that are not accepted are answered in an envelope that says 200 (v3.7.2)", t.holds("A117", "A116"), func(ctx SpecContext) {
			a := put(ctx, `{"set":true}`, "text/plain")
			t.expectUnsupportedMediaType(a)
			if t.documented() {
				Expect(put(ctx, `{"set":true}`, "-").member("error", "message")).To(Equal("Content-Type: expected application/json, got none"))
				Expect(a).To(haveBody(`{"error":{"message":"Content-Type: expected application/json, got text/plain","type":null,"stack":null,"hresult":0},"status":1,"statusCode":415}`))
				return
			}
			Expect(propertyNames(a.body)).To(Equal([]string{"response", "count", "links", "status", "statusCode"}))
			Expect(a).To(haveMember(BeEquivalentTo(1), "count"))
			Expect(a).To(haveMember(MatchRegexp("^"+t.host()+"/api/2.0/files/settings/external$"), "links", 0, "href"))
			Expect(a).To(haveMember(BeEquivalentTo(0), "status"))
			Expect(a).To(haveMember(BeEquivalentTo(200), "statusCode"))
			Expect(a).To(haveMember(MatchRegexp(`^00-[0-9a-f]{32}-[0-9a-f]{16}-00$`), "response", "traceId"))
		})

		It("that cannot be read are answered as validation problems (v3.7.2) or with a message (documented)", t.holds("A109", "A110"), func(ctx SpecContext) {
			a := put(ctx, `{"set":"true"}`, "")
			t.expectBadRequest(a, "$.set")
			Expect(a).To(haveNoHeader("Cache-Control"), "not an exception")
			if t.documented() {
				Expect(propertyNames(a.body)).To(Equal([]string{"error", "status", "statusCode"}))
				Expect(a).To(haveMember(HavePrefix("Body: $.set: expected true or false, got a text"), "error", "message"))
				return
			}
			Expect(a).To(haveMember(BeEquivalentTo(1), "count"))
			Expect(a).To(haveMember(MatchRegexp("^"+t.host()+"/api/2.0/files/settings/external$"), "links", 0, "href"))
			Expect(a).To(haveMember(BeEquivalentTo(400), "response", "status"))
			Expect(a).To(haveMember(MatchRegexp(`^00-[0-9a-f]{32}-[0-9a-f]{16}-00$`), "response", "traceId"))
			Expect(a).To(haveMember(HaveKeyWithValue("$.set", ConsistOf(HavePrefix("The JSON value could not be converted to System.Boolean. Path: $.set | LineNumber: 0 | "))), "response", "errors"))
			again := put(ctx, `{"set":"true"}`, "")
			Expect(again).NotTo(haveMember(Equal(a.member("response", "traceId")), "response", "traceId"))
		})

		DescribeTable("of the password call are read in the same way:", t.holds("A206"),
			func(ctx SpecContext, body, media string, status int) {
				t.usePortal()
				a := t.send(ctx, request{method: http.MethodPost, path: "files/share/protected/password", body: body, media: media, off: true})
				Expect(a).To(haveMember(BeEquivalentTo(status), "response", "status"))
			},
			Entry("the last of two", `{"password":"x","PASSWORD":"Secret123!"}`, "", statusOK),
			Entry("the last of two, which is null", `{"password":"Secret123!","password":null}`, "", statusRequiredPassword),
			Entry("an escaped name and value", `{"pass\u0077ord":"\u0053ecret123!"}`, "", statusOK),
			Entry("in UTF-16", inUTF16(rightPassword), "application/json; charset=utf-16", statusOK),
			Entry("with a byte order mark", "\xef\xbb\xbf"+rightPassword, "text/json", statusOK),
			Entry("a value that is not trimmed", `{"password":"\nSecret123!"}`, "", statusInvalidPassword),
			Entry("letters beyond ASCII", `{"password":"Sécret123!"}`, "", statusInvalidPassword),
			Entry("a name that only looks the same", `{"pa\u017f\u017fword":"Secret123!"}`, "", statusRequiredPassword),
		)

		if t.documented() {
			return
		}
		DescribeTable("that are malformed are described by", t.holds("A130"),
			func(ctx SpecContext, body, key, message string, position int) {
				if t.recorder != nil {
					Skip("needs bytes that recordings do not keep")
				}
				a := put(ctx, body, "")
				t.expectBadRequest(a, "$")
				Expect(a).To(haveMember(HaveKeyWithValue(key, ConsistOf(fmt.Sprintf("%s Path: %s | LineNumber: 0 | BytePositionInLine: %d.", message, key, position))), "response", "errors"))
			},
			Entry("a slash after the bracket of a list", `{"x":[/**/1]}`, "$.x", `'/' is invalid after a value. Expected either ',', '}', or ']'.`, 6),
			Entry("a slash after a colon", `{"x":/**/1}`, "$.x", `'/' is invalid after a value. Expected either ',', '}', or ']'.`, 5),
			Entry("a slash after a number", `{"x":1/**/}`, "$", `'/' is invalid after a value. Expected either ',', '}', or ']'.`, 6),
			Entry("an apostrophe that is escaped", `{"x":"\'"}`, "$.x", `''' is an invalid escapable character within a JSON string. The string should be correctly escaped.`, 7),
			Entry("the bracket of an object that is too deep", nested(`{"y":`, `}`, 32), "$.x", `The maximum configured depth of 32 has been exceeded. Cannot read next JSON object.`, 172),
			Entry("a second byte order mark", "\xef\xbb\xbf\xef\xbb\xbf{}", "$", `'0xEF' is an invalid start of a value.`, 0),
			Entry("a literal with a letter that is cut off", "{\"x\":nul\xe2\x82}", "$.x", "'nul\ufffd}' is an invalid JSON literal. Expected the literal 'null'.", 8),
		)

		DescribeTable("quote a wrong literal", t.holds("A133"),
			func(ctx SpecContext, length int, quoted string) {
				t.usePortal()
				body := `{"set":trux`
				body += strings.Repeat("y", length-len(body))
				a := put(ctx, body, "")
				t.expectBadRequest(a, "$")
				Expect(a).To(haveMember(HaveKeyWithValue("$.set", ConsistOf(MatchRegexp(`^'tru`+quoted+`' is an invalid JSON literal\. Expected the literal 'true'\. `))), "response", "errors"))
			},
			Entry("with all the rest of a short body", 3000, "xy+"),
			Entry("with five bytes of a body that is too long for one piece of 4096 bytes with its head", 4050, "xy"),
			Entry("with five bytes of a long body", 6000, "xy"),
		)

		raw := func(ctx SpecContext, headers, body string) *wireResponse {
			GinkgoHelper()
			host := strings.TrimPrefix(t.url, "http://")
			a, err := exchangeBytes(ctx, host, []byte("PUT /api/2.0/files/settings/external HTTP/1.1\r\nHost: "+host+"\r\nConnection: close\r\nContent-Type: application/json\r\n"+headers+"\r\n"+body))
			Expect(err).NotTo(HaveOccurred())
			return a
		}
		authorized := "Authorization: Bearer " + t.owner + "\r\n"

		t.itOfFake("of more than 100 MiB are refused before they arrive", t.holds("A140"), func(ctx SpecContext) {
			const tooLong = "Content-Length: 104857601\r\n"
			a := raw(ctx, authorized+tooLong, "")
			Expect(a.Status).To(Equal(http.StatusInternalServerError))
			Expect(a.Body).To(MatchRegexp(`^\{"error":\{"message":"Request body too large\. The max request body size is 104857600 bytes\.","type":"Microsoft\.AspNetCore\.Server\.Kestrel\.Core\.BadHttpRequestException","stack":"[^"]*","hresult":-2146232800\},"status":1,"statusCode":500\}$`))
			Expect(raw(ctx, tooLong, "").Status).To(Equal(http.StatusUnauthorized), "credentials come first")
		})

		t.itOfFake("in damaged chunks are answered with 500", t.holds("A141"), func(ctx SpecContext) {
			for chunks, message := range inOrder(map[string]string{"zz\r\n{}\r\n0\r\n\r\n": "Bad chunk size data.", "2\r\n{}xx0\r\n\r\n": "Bad chunk suffix."}) {
				a := raw(ctx, authorized+"Transfer-Encoding: chunked\r\n", chunks)
				Expect(a.Status).To(Equal(http.StatusInternalServerError), chunks)
				Expect(a.Body).To(ContainSubstring(`{"error":{"message":"` + message + `","type":"Microsoft.AspNetCore.Server.Kestrel.Core.BadHttpRequestException",`))
			}
		})
	})
}
