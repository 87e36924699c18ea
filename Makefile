# make test is everything; the other targets are its parts.
.PHONY: test tools lint go sound web browser builds fuzz bench lighthouse pictures narration clean

test: tools lint go web builds sound browser

# What the tests need beside Go and Node.
tools:
	@bash .ci/install

lint: bin/staticcheck
	@out=$$(gofmt -l cmd internal web sounds | grep -v testdata || true); test -z "$$out" || { echo "not gofmt'd: $$out"; exit 1; }
	CGO_ENABLED=0 go vet ./...
	bin/staticcheck ./...

bin/staticcheck: .ci/lint/go.mod
	cd .ci/lint && go build -o ../../bin/staticcheck honnef.co/go/tools/cmd/staticcheck

# Everything but the speaker, whose test listens in real time and wants quiet, and
# the narration, an hour of which is decoded.
go:
	go test -race $$(go list ./... | grep -v -e /internal/speaker -e /sounds)

sound:
	go test ./internal/speaker ./sounds/...

web: web/test/node_modules
	node --test web/test/*.test.js
	npm --prefix web/test run --silent types

web/test/node_modules: web/test/package-lock.json
	npm --prefix web/test ci --silent
	@touch $@

browser: web/test/browser/node_modules
	cd web/test/browser && go vet ./... && go test -count=1 -timeout 15m ./...

web/test/browser/node_modules: web/test/browser/package-lock.json
	npm --prefix web/test/browser ci --silent
	@touch $@

# The product builds for every system without cgo, and stays small: half of it is the
# two narrators, 4.5 MB are SQLite, and 1.3 MB came with the treatment room, most of it what
# a server needs of TLS, and what signs certificates.
builds:
	@for system in linux darwin windows; do for chip in amd64 arm64; do \
		CGO_ENABLED=0 GOOS=$$system GOARCH=$$chip go build -trimpath -ldflags='-s -w' -o bin/$$system-$$chip ./cmd/stillpoint || exit 1; \
		size=$$(wc -c < bin/$$system-$$chip); echo "$$system/$$chip: $$size bytes"; \
		test $$size -le 29000000 || { echo "over 29 MB"; exit 1; }; \
	done; done

# Two minutes for each thing that reads what others wrote.
FUZZTIME ?= 2m
fuzz:
	go test ./internal/script -run '^$$' -fuzz '^FuzzParse$$' -fuzztime $(FUZZTIME) -fuzzminimizetime 20x
	go test ./internal/script -run '^$$' -fuzz '^FuzzParseRegions$$' -fuzztime $(FUZZTIME) -fuzzminimizetime 20x
	go test ./internal/library -run '^$$' -fuzz '^FuzzParsePlan$$' -fuzztime $(FUZZTIME) -fuzzminimizetime 20x
	go test ./internal/library -run '^$$' -fuzz '^FuzzCompose$$' -fuzztime $(FUZZTIME) -fuzzminimizetime 20x
	go test ./internal/timeline -run '^$$' -fuzz '^FuzzCompile$$' -fuzztime $(FUZZTIME) -fuzzminimizetime 20x
	go test ./internal/journal -run '^$$' -fuzz '^FuzzImport$$' -fuzztime $(FUZZTIME) -fuzzminimizetime 20x
	go test ./internal/authority -run '^$$' -fuzz '^FuzzRead$$' -fuzztime $(FUZZTIME) -fuzzminimizetime 20x
	go test ./internal/pairing -run '^$$' -fuzz '^FuzzRead$$' -fuzztime $(FUZZTIME) -fuzzminimizetime 20x
	go test ./internal/server -run '^$$' -fuzz '^FuzzKnock$$' -fuzztime $(FUZZTIME) -fuzzminimizetime 20x
	go test ./internal/wire -run '^$$' -fuzz '^FuzzDecode$$' -fuzztime $(FUZZTIME) -fuzzminimizetime 20x
	go test ./internal/pcm -run '^$$' -fuzz '^FuzzRead$$' -fuzztime $(FUZZTIME) -fuzzminimizetime 20x
	go test ./internal/pcm -run '^$$' -fuzz '^FuzzFLAC$$' -fuzztime $(FUZZTIME) -fuzzminimizetime 20x
	go test ./internal/pcm -run '^$$' -fuzz '^FuzzOpus$$' -fuzztime $(FUZZTIME) -fuzzminimizetime 20x
	go test ./internal/voice -run '^$$' -fuzz '^FuzzSentences$$' -fuzztime $(FUZZTIME) -fuzzminimizetime 20x
	go test ./internal/voice -run '^$$' -fuzz '^FuzzFileName$$' -fuzztime $(FUZZTIME) -fuzzminimizetime 20x
	go test ./internal/mp3 -run '^$$' -fuzz '^FuzzFrame$$' -fuzztime $(FUZZTIME) -fuzzminimizetime 20x
	go test ./internal/audio -run '^$$' -fuzz '^FuzzTrackRange$$' -fuzztime $(FUZZTIME) -fuzzminimizetime 20x

bench:
	go test -run '^$$' -bench . ./...
	cd web/test/browser && go test -run '^$$' -bench . ./...

# Lighthouse on the faces a person at home meets. It is the judgement of a program
# that changes its mind, on a machine that should be doing nothing else.
lighthouse: web/test/lighthouse/node_modules
	CGO_ENABLED=0 go build -o bin/stillpoint ./cmd/stillpoint
	node web/test/lighthouse/look.js bin/stillpoint

web/test/lighthouse/node_modules: web/test/lighthouse/package-lock.json
	npm --prefix web/test/lighthouse ci --silent
	@touch $@

# Every face, in every theme and language and two sizes, for docs/pictures.
pictures: web/test/browser/node_modules
	rm -f docs/pictures/*-desk*.webp docs/pictures/*-phone*.webp docs/pictures/treatment-room/*.webp
	cd web/test/browser && go test -count=1 -timeout 30m -run Pictures -pictures $(CURDIR)/docs/pictures .

# Speaks the lines of the built-in scripts that have changed. It wants Python with
# pip, and npm; the build and the product want neither.
narration: bin/narration/ready
	go run ./sounds/narrate "bin/narration/python/bin/python sounds/narrate/speak.py bin/narration/package/voices" \
		"$$(bin/narration/python/bin/python -c 'import imageio_ffmpeg; print(imageio_ffmpeg.get_ffmpeg_exe())')"

bin/narration/ready: sounds/narrate/requirements.txt
	python3 -m venv bin/narration/python
	bin/narration/python/bin/pip install --quiet -r sounds/narrate/requirements.txt
	cd bin/narration && npm pack --silent kokoro-js@1.2.1 && tar xzf kokoro-js-1.2.1.tgz package/voices
	@touch $@

clean:
	rm -rf bin web/test/node_modules web/test/browser/node_modules web/test/lighthouse/node_modules
