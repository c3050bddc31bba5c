package client

//go:generate go tool oapi-codegen -config ../oapi-config.yaml -package client -generate models,client -o client.gen.go ../openapi.yaml
