# One image for every role; the command names it. Builds for amd64 and arm64.
FROM --platform=$BUILDPLATFORM maven:3.9-eclipse-temurin-17 AS build
WORKDIR /src
COPY . .
RUN mvn -q -B -DskipTests -Dexec.skip package

FROM eclipse-temurin:17-jre
RUN groupadd --gid 10001 lumbar \
  && useradd --uid 10001 --gid lumbar --home-dir /lumbar --shell /usr/sbin/nologin lumbar \
  && mkdir -p /lumbar/app/target /var/lib/lumbar \
  && chown -R lumbar:lumbar /lumbar /var/lib/lumbar
COPY --from=build /src/lumbar /lumbar/lumbar
COPY --from=build /src/app/target/lumbar-app.jar /lumbar/app/target/lumbar-app.jar
COPY --from=build /src/app/target/lib /lumbar/app/target/lib
USER lumbar
WORKDIR /lumbar
ENV LUMBAR_DATA=/var/lib/lumbar \
    LUMBAR_HTTP_HOST=0.0.0.0 \
    LUMBAR_HTTP_PORT=8080
VOLUME /var/lib/lumbar
EXPOSE 8080
# Bash alone asks, because the image has no curl.
HEALTHCHECK --interval=10s --timeout=5s --start-period=40s --retries=3 \
  CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/8080 && printf 'GET /health HTTP/1.0\\r\\n\\r\\n' >&3 && read -r -t 4 line <&3 && [[ $line == *' 200'* ]]"]
ENTRYPOINT ["/lumbar/lumbar"]
CMD ["up"]
