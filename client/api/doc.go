// Package api has the models and the client that oapi-codegen makes from openapi.yaml, the contract of DocSpace's external sharing.
//
// Most apps want package client, which uses this package. The generated client is for apps that want the bare contract. It takes
// every status as success, so its callers check the status themselves. client.Portal.API gives one with the credentials, retries
// and limits of a portal.
package api

//go:generate go tool oapi-codegen -config ../../oapi-config.yaml -package api -generate models,client -o api.gen.go ../../openapi.yaml
//go:generate go run ../../internal/detach api.gen.go
