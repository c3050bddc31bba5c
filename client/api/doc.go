// Package api has the models and the client that oapi-codegen makes of openapi.yaml, the contract of DocSpace's external sharing.
//
// Most apps want package client, which is built on it. The generated client is for apps that want the contract as it is: it takes
// every status as success, so that its callers look at the status themselves. client.Portal.API gives one with the credentials,
// retries and limits of a portal.
package api

//go:generate go tool oapi-codegen -config ../../oapi-config.yaml -package api -generate models,client -o api.gen.go ../../openapi.yaml
//go:generate go run ../../internal/detach api.gen.go
