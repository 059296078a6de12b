# syntax=docker/dockerfile:1
# docker build -t tiendo . && docker run -p 8080:8080 -v tiendo:/data tiendo

FROM rust:1.95-bookworm AS build
WORKDIR /src
COPY . .
# With TLS to PostgreSQL; everything else is linked in, so the last stage needs libc only.
RUN --mount=type=cache,target=/usr/local/cargo/registry \
    --mount=type=cache,target=/src/target \
    cargo build --locked --profile dist --features pg-tls \
    && install -D target/dist/tiendo /out/usr/local/bin/tiendo \
    && install -d -m 0700 /out/data \
    && install -D -m 0644 /etc/ssl/certs/ca-certificates.crt /out/etc/ssl/certs/ca-certificates.crt

FROM debian:bookworm-slim
RUN useradd --uid 10001 --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin tiendo
COPY --from=build /out/usr /usr
COPY --from=build /out/etc /etc
COPY --from=build --chown=10001:10001 /out/data /data
USER 10001:10001
WORKDIR /data
VOLUME /data
ENV TIENDO_BIND=0.0.0.0:8080 \
    DATABASE_URL=sqlite:///data/tiendo.db \
    TIENDO_KEY_FILE=/data/tiendo.key \
    SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt
EXPOSE 8080
STOPSIGNAL SIGTERM
# The shell that is there already asks; no tool is added for it.
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s --retries=3 CMD ["bash", "-c", \
    "exec 3<>/dev/tcp/127.0.0.1/${TIENDO_BIND##*:} && printf 'GET /health/ready HTTP/1.0\\r\\n\\r\\n' >&3 && read -r _ status _ <&3 && [ \"$status\" = 200 ]"]
ENTRYPOINT ["tiendo"]
CMD ["serve"]
