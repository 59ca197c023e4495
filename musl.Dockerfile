# The service as one static binary in an empty image.
#
#   docker build --file musl.Dockerfile --build-arg VERSION=1.0.0 --build-arg REVISION="$(git rev-parse HEAD)" .
#
# It builds for the platform that its builder runs on: `--platform linux/arm64` gives an image for arm64. BUILDER is an
# image with Rust for musl, a C compiler, make and perl, and CA certificates; what is missing of these in an Alpine is
# added. Where no image can be pulled, one made by hand does, if its cargo builds for musl: `cargo xtask image` makes
# one. No syntax here needs BuildKit.
ARG BUILDER=rust:1.95.0-alpine
# hadolint ignore=DL3006
FROM ${BUILDER} AS build
SHELL ["/bin/sh", "-eu", "-c"]

# OpenSSL's build wants them; libpq and SQLite want a C compiler alone. Alpine keeps no old versions, so none is pinned.
# hadolint ignore=DL3018
RUN if command -v apk >/dev/null; then apk add --no-cache ca-certificates linux-headers make musl-dev perl; fi

WORKDIR /build

# One date for everything that notes when it was made, so that the same source gives the same bytes on any day.
ENV SOURCE_DATE_EPOCH=1

# The C libraries hold what the service may ask of them: OpenSSL what TLS with PostgreSQL may want, SQLite no search of
# texts and of areas.
ENV OPENSSL_SRC_PERL=/build/service/openssl/perl \
    LIBSQLITE3_FLAGS="-USQLITE_ENABLE_FTS3 -USQLITE_ENABLE_FTS3_PARENTHESIS -USQLITE_ENABLE_FTS5 -USQLITE_ENABLE_RTREE -USQLITE_ENABLE_DBSTAT_VTAB"

# First the dependencies alone, so that this layer is built anew only when they change: every manifest of the
# workspace, with nothing behind it. No path of the builder gets into the binary.
COPY Cargo.toml Cargo.lock ./
COPY infragen/Cargo.toml infragen/
COPY environments/Cargo.toml environments/
COPY service/Cargo.toml service/
COPY service/settings/Cargo.toml service/settings/
COPY service/openssl/ service/openssl/
COPY xtask/Cargo.toml xtask/
RUN mkdir -p infragen/src environments/src service/src service/settings/src service/tests/it xtask/src; \
    touch infragen/src/lib.rs environments/src/lib.rs service/src/lib.rs service/settings/src/lib.rs; \
    for main in environments/src service/src service/tests/it xtask/src; do \
        echo 'fn main() {}' >"$main/main.rs"; \
    done; \
    export RUSTFLAGS="${RUSTFLAGS:-} --remap-path-prefix=${CARGO_HOME:-$HOME/.cargo}=/cargo --remap-path-prefix=/build=/"; \
    cargo build --locked --profile image --package service

# Then the service. Its files are older than what was built in their place, which cargo would take for new.
COPY service/ service/
RUN find service -name '*.rs' -exec touch {} +; \
    export RUSTFLAGS="${RUSTFLAGS:-} --remap-path-prefix=${CARGO_HOME:-$HOME/.cargo}=/cargo --remap-path-prefix=/build=/"; \
    cargo build --locked --profile image --package service; \
    mkdir -p /image; \
    cp "$(find target -maxdepth 3 -path '*image/coworking-analytics')" /image/coworking-analytics

# The certificate authorities: the system's, and those of RDS, which sign for no one else. RDS_AUTHORITIES may be a
# file of the builder too. Empty, the system's stand in their place, and RDS is not reached with `verify-full`.
ARG RDS_AUTHORITIES=https://truststore.pki.rds.amazonaws.com/global/global-bundle.pem
RUN mkdir -p /image/etc/ssl/certs; \
    cp /etc/ssl/certs/ca-certificates.crt /image/etc/ssl/certs/; \
    case "${RDS_AUTHORITIES:=/etc/ssl/certs/ca-certificates.crt}" in \
        http*) wget -q -O /image/etc/ssl/rds.pem "$RDS_AUTHORITIES" ;; \
        *) cp "$RDS_AUTHORITIES" /image/etc/ssl/rds.pem ;; \
    esac; \
    grep -q 'BEGIN CERTIFICATE' /image/etc/ssl/rds.pem; \
    cp service/licences.txt /image/; \
    echo 'coworking:x:65532:65532::/:/sbin/nologin' >/image/etc/passwd; \
    find /image -type d -exec chmod 755 {} +; \
    find /image -type f -exec chmod 644 {} +; \
    chmod 755 /image/coworking-analytics; \
    find /image -exec touch -d "@$SOURCE_DATE_EPOCH" {} +

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
ARG SOURCE=https://github.com/example/coworking
LABEL org.opencontainers.image.title="coworking-analytics" \
      org.opencontainers.image.description="Reports over the visits of a coworking space, by HTTP" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.source="${SOURCE}" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}"
