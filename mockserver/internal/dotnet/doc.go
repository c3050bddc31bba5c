// Package dotnet reads requests and writes answers as ASP.NET Core and System.Text.Json do. It knows nothing of portals.
package dotnet
