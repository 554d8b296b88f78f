# What examples/ start from, in place of the images of Docker Hub: scripts/make-base-images.ts builds each stage.
FROM scratch AS debian
ADD debian.tar /
CMD ["bash"]

# npm and go are told what this machine’s are told: whom to trust, and where the packages are.
FROM debian AS trusting
COPY ca-certificates.crt /etc/ssl/certs/

FROM trusting AS node
COPY node /usr/local/bin/
COPY --from=npm . /usr/local/lib/node_modules/npm/
COPY npmrc /usr/local/etc/
RUN ln -s ../lib/node_modules/npm/bin/npm-cli.js /usr/local/bin/npm && npm --version
CMD ["node"]

FROM trusting AS golang
COPY --from=go --exclude=api --exclude=doc --exclude=test --exclude=**/testdata --exclude=**/*_test.go . /usr/local/go/
COPY go.env /usr/local/go/
ENV GOTOOLCHAIN=local GOPATH=/go PATH=/go/bin:/usr/local/go/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
RUN go version

# With pip come Debian's own authorities: this machine's replace them.
FROM debian AS python
RUN apt-get update && apt-get install --yes --no-install-recommends python3 python3-pip && rm -r /usr/lib/python3*/EXTERNALLY-MANAGED /var/lib/apt/lists/* && ln -s python3 /usr/bin/python
COPY ca-certificates.crt /etc/ssl/certs/
COPY pip.conf /etc/
CMD ["python3"]

FROM debian AS nginx
RUN apt-get update && apt-get install --yes --no-install-recommends nginx-light && rm -r /var/lib/apt/lists/* && rm /etc/nginx/sites-enabled/default && mkdir -p /usr/share/nginx/html
CMD ["nginx", "-g", "daemon off;"]
