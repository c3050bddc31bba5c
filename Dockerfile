# docker build . makes the image from the source. A release makes it from the programs that it has built already, which take the place of
# the first stage: docker buildx build --build-context programs=FOLDER, with linux/amd64/mock-docspace, linux/arm64/mock-docspace and an empty
# folder data inside.
FROM --platform=$BUILDPLATFORM golang:1.26 AS programs
WORKDIR /source
COPY . .
ARG TARGETOS TARGETARCH
RUN CGO_ENABLED=0 GOOS=$TARGETOS GOARCH=$TARGETARCH go build -trimpath -ldflags='-s -w' -o /$TARGETOS/$TARGETARCH/mock-docspace ./cmd/mock-docspace
RUN mkdir /data

FROM scratch
ARG TARGETOS TARGETARCH
COPY --from=programs --chmod=0755 /$TARGETOS/$TARGETARCH/mock-docspace /mock-docspace
# For a volume with the state file. A new volume gets the owner of the folder. Nothing else is written.
COPY --from=programs --chown=65532:65532 /data /data
USER 65532:65532
# Clients are outside the container. So the control API wants a token: MOCK_DOCSPACE_CONTROL_TOKEN, or the one that is printed at the start.
ENV MOCK_DOCSPACE_ADDR=0.0.0.0:8092
EXPOSE 8092
HEALTHCHECK --interval=5s --timeout=5s --start-period=5s CMD ["/mock-docspace", "healthcheck"]
ENTRYPOINT ["/mock-docspace"]
