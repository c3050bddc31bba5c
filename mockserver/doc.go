package mockserver

//go:generate go tool oapi-codegen -config ../oapi-config.yaml -package mockserver -generate models,echo-server,strict-server,embedded-spec -o server.gen.go ../openapi.yaml
