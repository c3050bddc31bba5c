//go:build ignore

// Makes the four calls with the client that OpenAPI Generator made for go, at the portal of interop/portal.yaml. It is built in
// the module of that client.
package main

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"reflect"
	"slices"

	docspace "example.com/docspace/client"
)

var (
	visitor = context.Background()
	owner   = context.WithValue(visitor, docspace.ContextAccessToken, "owner-token")
)

func main() {
	config := docspace.NewConfiguration()
	config.Servers = docspace.ServerConfigurations{{URL: os.Getenv("DOCSPACE_URL")}}
	api := docspace.NewAPIClient(config)
	settings(api.ExternalSharingAPI)
	switches(api.ExternalSharingAPI)
	password(api.ExternalSharingAPI)
	fmt.Println("Made the four calls")
}

func settings(api *docspace.ExternalSharingAPIService) {
	answer := must(api.GetFilesSettings(owner).Execute())
	all := answer.Response
	equal(slices.Contains((*all.ExtsConvertible)[".docx"], ".pdf"), true)
	equal((*all.InternalFormats)["Document"], ".docx")
	equal(all.GetChunkUploadSize(), int64(10<<20))
	equal(all.DefaultSharingAccessRights, []docspace.FileShare{docspace.Read})
	equal(all.AutomaticallyCleanUp.GetGap(), docspace.ThirtyDays)
	equal(all.DefaultOrder.GetIsAsc(), false)
	equal(all.DefaultOrder.GetProperty(), docspace.DateAndTime)
	equal([]int{int(docspace.NoAccess), int(docspace.NotSet)}, []int{0, 0})

	answer = must(api.GetFilesSettings(owner).Fields([]string{"defaultOrder"}).Execute())
	equal(answer.Response.DefaultOrder.AdditionalProperties, map[string]any{"isAsc": false, "sortedBy": 0.})
}

func switches(api *docspace.ExternalSharingAPIService) {
	on, off := docspace.DisplayRequestDto{}, docspace.DisplayRequestDto{}
	on.SetSet(true)
	off.SetSet(false)
	flags := func() [2]bool {
		answer := must(api.GetFilesSettings(owner).Execute())
		return [2]bool{answer.Response.GetExternalShare(), answer.Response.GetExternalShareSocialMedia()}
	}
	equal(flags(), [2]bool{true, true})
	equal(must(api.ExternalShare(owner).DisplayRequestDto(off).Execute()).Response, false)
	equal(flags(), [2]bool{false, false})
	equal(must(api.ExternalShareSocialMedia(owner).DisplayRequestDto(on).Execute()).Response, false)
	equal(must(api.ExternalShare(owner).DisplayRequestDto(on).Execute()).Response, true)
	equal(must(api.ExternalShareSocialMedia(owner).DisplayRequestDto(on).Execute()).Response, true)
	equal(flags(), [2]bool{true, true})

	_, answer, err := api.ExternalShare(visitor).DisplayRequestDto(off).Execute()
	equal(err != nil, true)
	equal(answer.StatusCode, http.StatusUnauthorized)
}

func password(api *docspace.ExternalSharingAPIService) {
	apply := func(password string) docspace.ExternalShareDto {
		param := docspace.ExternalShareRequestParam{}
		param.SetPassword(password)
		return must(api.ApplyExternalSharePassword(visitor, "protected").ExternalShareRequestParam(param).Execute()).Response
	}
	equal(apply("wrong").Status, docspace.InvalidPassword)
	share := apply("Secret123!")
	equal(share.Status, docspace.Ok)
	equal(share.GetTitle(), "Marketing")
	equal(share.GetIsRoom(), true)
}

func must[T any](answer *T, _ *http.Response, err error) *T {
	if err != nil {
		panic(err)
	}
	return answer
}

func equal[T any](got, want T) {
	if !reflect.DeepEqual(got, want) {
		panic(fmt.Sprintf("got %v instead of %v", got, want))
	}
}
