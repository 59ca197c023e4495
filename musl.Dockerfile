# The service as one static binary in an empty image.
#
#   docker build --file musl.Dockerfile --build-arg VERSION=1.0.0 --build-arg REVISION="$(git rev-parse HEAD)" .
#
# BUILDER is an image with Rust for musl, a C compiler, make and perl, and CA certificates; what is missing of these
# in an Alpine is added. Where no image can be pulled, one made by hand does, if its cargo builds for musl
# (CARGO_BUILD_TARGET). No syntax here needs BuildKit.
ARG BUILDER=rust:1.95-alpine
FROM ${BUILDER} AS build

# OpenSSL's build wants them; libpq and SQLite want a C compiler alone.
RUN if command -v apk >/dev/null; then apk add --no-cache ca-certificates linux-headers make musl-dev perl; fi

WORKDIR /build

# First the dependencies alone, so that this layer is built anew only when they change: every manifest of the
# workspace, with nothing behind it.
COPY Cargo.toml Cargo.lock ./
COPY infragen/Cargo.toml infragen/
COPY environments/Cargo.toml environments/
COPY service/Cargo.toml service/
COPY service/settings/Cargo.toml service/settings/
COPY xtask/Cargo.toml xtask/
RUN mkdir -p infragen/src environments/src service/src service/settings/src service/tests/it xtask/src \
    && touch infragen/src/lib.rs environments/src/lib.rs service/src/lib.rs service/settings/src/lib.rs \
    && echo 'fn main() {}' | tee environments/src/main.rs service/src/main.rs service/tests/it/main.rs \
        xtask/src/main.rs >/dev/null \
    && cargo build --locked --release --package service

# Then the service. Its files are older than what was built in their place, which cargo would take for new.
COPY service/ service/
RUN find service -name '*.rs' -exec touch {} + \
    && cargo build --locked --release --package service \
    && install -D "$(find target -maxdepth 3 -path '*release/coworking-analytics')" /image/coworking-analytics

# The certificate authorities: the system's, and those of RDS, which sign for no one else. With an empty
# RDS_AUTHORITIES the system's stand in their place, and RDS is not reached with `verify-full`.
ARG RDS_AUTHORITIES=https://truststore.pki.rds.amazonaws.com/global/global-bundle.pem
RUN install -D -m 644 /etc/ssl/certs/ca-certificates.crt /image/etc/ssl/certs/ca-certificates.crt \
    && if [ -n "$RDS_AUTHORITIES" ]; then wget -O /image/etc/ssl/rds.pem "$RDS_AUTHORITIES"; \
       else cp /etc/ssl/certs/ca-certificates.crt /image/etc/ssl/rds.pem; fi \
    && chmod 644 /image/etc/ssl/rds.pem \
    && echo 'coworking:x:65532:65532::/:/sbin/nologin' >/image/etc/passwd

FROM scratch
COPY --from=build /image/ /

# OpenSSL looks where it was built to be installed, and nothing is there.
ENV SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt
USER 65532:65532
EXPOSE 5153
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=3s --start-period=5s CMD ["/coworking-analytics", "healthcheck"]
ENTRYPOINT ["/coworking-analytics"]

# Last, since they change with every build.
ARG VERSION=0.0.0
ARG REVISION=unknown
LABEL org.opencontainers.image.title="coworking-analytics" \
      org.opencontainers.image.description="Reports over the visits of a coworking space, by HTTP" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}"
