package voice

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"

	"stillpoint/internal/timeline"
)

// engines are those found on this computer, the more natural first.
func engines(models string) (found []engine) {
	if program, err := exec.LookPath("piper"); err == nil {
		found = append(found, pipers(program, models)...)
	}
	if e, ok := system(runtime.GOOS, exec.LookPath); ok {
		found = append(found, e)
	}
	return found
}

// mostModels is how many of piper's voices are offered.
const mostModels = 16

// pipers is piper with each voice model of a folder: NAME.onnx beside
// NAME.onnx.json.
func pipers(program, folder string) (found []engine) {
	if folder == "" {
		return nil
	}
	files, _ := os.ReadDir(folder)
	for _, f := range files {
		name, is := strings.CutSuffix(f.Name(), ".onnx")
		if !is || len(found) == mostModels {
			continue
		}
		e, ok := piper(program, folder, name)
		if ok && !slices.ContainsFunc(found, func(other engine) bool { return other.ID == e.ID }) {
			found = append(found, e)
		}
	}
	return found
}

// piper is one model's voice. Its flags are those that both the C++ piper and the
// one in Python know.
func piper(program, folder, name string) (e engine, ok bool) {
	model, err := filepath.Abs(filepath.Join(folder, name+".onnx")) // it runs in another folder
	if err != nil {
		return e, false
	}
	about, err := os.Stat(model)
	if err != nil {
		return e, false
	}
	language, ok := modelLanguage(model + ".json")
	return engine{
		Voice: Voice{ID: "piper-" + slug(name, timeline.MaxVoice-len("piper-")), Name: name, Kind: Engine, Languages: []string{language}},
		mark:  fmt.Sprint("piper ", name, about.Size(), piperScale),
		command: func(_, out string) []string {
			return []string{program, "--model", model, "--length_scale", piperScale, "--output_file", out}
		},
		environ: func(string, string) []string { return []string{"PYTHONUTF8=1"} }, // or it takes the words for the system's letters
	}, ok
}

// piperScale is how much longer than by itself piper speaks, to come to Pace.
const piperScale = "1.3"

// modelLanguage is the language of a piper model, as the file beside it says.
func modelLanguage(name string) (string, bool) {
	f, err := os.Open(name)
	if err != nil {
		return "", false
	}
	defer f.Close()
	var about struct {
		Language struct {
			Code string `json:"code"`
		} `json:"language"`
		Espeak struct {
			Voice string `json:"voice"`
		} `json:"espeak"`
	}
	if json.NewDecoder(io.LimitReader(f, 1<<20)).Decode(&about) != nil {
		return "", false
	}
	for _, l := range []string{about.Language.Code, about.Espeak.Voice} {
		if l != "" {
			return l, true
		}
	}
	return "", false
}

// system is the voice of an operating system. spd-say is none: it speaks by itself,
// where a stop of ours cannot reach it, and gives no samples.
func system(os string, look func(string) (string, error)) (e engine, ok bool) {
	switch os {
	case "darwin":
		return say(look)
	case "windows":
		return sapi(look)
	}
	for _, name := range []string{"espeak-ng", "espeak"} {
		if program, err := look(name); err == nil {
			return espeak(name, program), true
		}
	}
	return e, false
}

func espeak(name, program string) engine {
	return engine{
		Voice: Voice{ID: name, Name: name, About: "a plain computer voice", Kind: Engine},
		mark:  name,
		command: func(language, out string) []string {
			return []string{program, "--stdin", "-v", espeakVoice(language), "-s", fmt.Sprint(Pace), "-w", out}
		},
	}
}

// espeakVoice is a language as espeak names it. Whatever else a script's header
// holds never reaches a command line.
func espeakVoice(language string) string {
	name := strings.ToLower(strings.ReplaceAll(language, "_", "-"))
	if name == "" || strings.Trim(name, "abcdefghijklmnopqrstuvwxyz0123456789-") != "" || len(name) > longestTag || name[0] == '-' {
		return "en-us"
	}
	return name
}

// longestTag is as long as a language's tag can be, in bytes (RFC 5646, 4.4.1).
const longestTag = 35

// say is macOS's, with a voice for each language that has one.
func say(look func(string) (string, error)) (e engine, ok bool) {
	program, err := look("say")
	if err != nil {
		return e, false
	}
	ctx, cancel := context.WithTimeout(context.Background(), askTime)
	defer cancel()
	list, err := exec.CommandContext(ctx, program, "-v", "?").Output()
	voices := sayVoices(string(list))
	return engine{
		Voice: Voice{ID: "say", Name: "The voice of this Mac", Kind: Engine, Languages: slices.Sorted(maps.Keys(voices))},
		mark:  "say",
		command: func(language, out string) []string {
			return []string{program, "-f", "-", "-v", voices[base(language)], "-r", fmt.Sprint(Pace), "-o", out, "--file-format=WAVE", "--data-format=LEI16@22050"}
		},
	}, err == nil
}

// askTime is how long a system may take to say which voices it has.
const askTime = 3 * time.Second

// sayVoices is the first voice of each language in the list that say gives:
// "Anna                de_DE    # Hallo, ich heiße Anna."
func sayVoices(list string) map[string]string {
	voices := map[string]string{}
	for line := range strings.Lines(list) {
		left, _, _ := strings.Cut(line, "#")
		words := strings.Fields(left)
		if len(words) < 2 {
			continue
		}
		language := base(words[len(words)-1])
		if _, ok := voices[language]; !ok {
			voices[language] = strings.Join(words[:len(words)-1], " ")
		}
	}
	return voices
}

// sapiScript reads the words from standard input, and the file's name and the
// language from the environment: none is ever part of a command. A language that
// has no voice is a fault.
const sapiScript = `$ErrorActionPreference='Stop'
[Console]::InputEncoding=[Text.Encoding]::UTF8
Add-Type -AssemblyName System.Speech
$s=New-Object System.Speech.Synthesis.SpeechSynthesizer
$v=@($s.GetInstalledVoices()|Where-Object {$_.VoiceInfo.Culture.TwoLetterISOLanguageName -eq $env:STILLPOINT_LANGUAGE})
$s.SelectVoice($v[0].VoiceInfo.Name)
$s.Rate=-3
$s.SetOutputToWaveFile($env:STILLPOINT_OUT)
$s.Speak([Console]::In.ReadToEnd())
$s.Dispose()`

func sapi(look func(string) (string, error)) (e engine, ok bool) {
	program, err := look("powershell.exe")
	return engine{
		Voice: Voice{ID: "sapi", Name: "The voice of this computer", Kind: Engine},
		mark:  "sapi",
		command: func(string, string) []string {
			return []string{program, "-NoProfile", "-NonInteractive", "-Command", sapiScript}
		},
		environ: func(language, out string) []string {
			return []string{"STILLPOINT_OUT=" + out, "STILLPOINT_LANGUAGE=" + base(language)}
		},
	}, err == nil
}
