package server

import (
	"cmp"
	"encoding/json"
	"errors"
	"mime"
	"net/http"
	"os"
	"slices"
	"strings"
	"time"

	"stillpoint/internal/audio"
	"stillpoint/internal/script"
	"stillpoint/internal/session"
	"stillpoint/internal/timeline"
	"stillpoint/internal/wire"
)

// order is what a file is to be made of.
type order struct {
	script   *script.Script
	settings timeline.Settings
	mix      audio.Mix
	format   audio.Format
}

// newFile begins to make a file of a session to take home.
func (s *Server) newFile(w http.ResponseWriter, r *http.Request) {
	o, ok := s.ordered(w, r)
	if !ok {
		return
	}
	o.settings.Voice = s.Voices.Choose(o.script, o.settings.Voice)
	t, err := timeline.Compile(o.script, o.settings, s.Voices.Length)
	if err != nil {
		s.refuseFor(w, unfit(err))
		return
	}
	id, err := s.files.begin(fileName(t.Title, o.format), func(f *file) error { return s.make(f, o) })
	if err != nil {
		s.refuseFor(w, err)
		return
	}
	answer(w, http.StatusAccepted, map[string]string{"id": id})
}

// ordered reads what is asked for.
func (s *Server) ordered(w http.ResponseWriter, r *http.Request) (o order, ok bool) {
	var asked struct {
		Script   string         `json:"script"`
		Settings *wire.Settings `json:"settings"`
		Mix      *wire.Mix      `json:"mix"`
		Format   audio.Format   `json:"format"`
	}
	if err := json.NewDecoder(http.MaxBytesReader(w, r.Body, maxBody)).Decode(&asked); err != nil {
		refuse(w, http.StatusBadRequest, session.BadMessage, "This needs a JSON object with script and format, and perhaps settings and mix.")
		return o, false
	}
	if !slices.Contains(audio.Formats(), asked.Format) {
		refuse(w, http.StatusBadRequest, session.BadMessage, "A file can be mp3, flac or wav: format.")
		return o, false
	}
	set, err := asked.Settings.Timeline()
	if err != nil {
		refuse(w, http.StatusBadRequest, session.BadMessage, err.Error())
		return o, false
	}
	if o.mix, err = mixOf(asked.Mix); err != nil {
		s.refuseFor(w, err)
		return o, false
	}
	c, err := s.Library.Script(asked.Script)
	if err != nil {
		refuse(w, http.StatusNotFound, session.UnknownScript, err.Error())
		return o, false
	}
	o.script, o.settings, o.format = c, set, asked.Format
	return o, true
}

// unfit is the refusal of settings that no timeline can be made of.
func unfit(err error) *session.Refusal {
	no := &session.Refusal{Code: session.BadMessage, Text: err.Error() + "."}
	if fit := (*timeline.CannotFit)(nil); errors.As(err, &fit) {
		no.Code = session.CannotFit
	}
	return no
}

// mixOf is the mix of a request; what a file sounds like by default, where there is none.
func mixOf(m *wire.Mix) (audio.Mix, error) {
	if m == nil {
		return audio.Even(), nil
	}
	mix := audio.Mix(*m)
	mix.Tone = cmp.Or(mix.Tone, session.Soft)
	return mix, mix.Check()
}

// make writes the file: first whatever speaks is given the time to learn its
// lines, which may make the session another length.
func (s *Server) make(f *file, o order) error {
	set, err := s.Prepare(f.ctx, o.script, o.settings)
	if err != nil {
		return err
	}
	t, err := timeline.Compile(o.script, set, s.Voices.Length)
	if err != nil {
		return unfit(err)
	}
	out, err := os.Create(f.path)
	if err != nil {
		return err
	}
	err = s.Bank.Score(t, o.mix).Write(f.ctx, out, o.format, audio.TagsOf(t), f.seen)
	if closed := out.Close(); err == nil {
		err = closed
	}
	return err
}

// fileLook says how far a file is.
func (s *Server) fileLook(w http.ResponseWriter, r *http.Request) {
	answer(w, http.StatusOK, s.files.look(r.PathValue("id")))
}

// fileGone cancels a file that is being made and forgets one that is ready.
func (s *Server) fileGone(w http.ResponseWriter, r *http.Request) {
	s.files.forget(r.PathValue("id"))
	w.WriteHeader(http.StatusNoContent)
}

// fileSound serves a file that is ready, to be kept rather than played.
func (s *Server) fileSound(w http.ResponseWriter, r *http.Request) {
	name := r.PathValue("name")
	f, err := s.files.open(r.PathValue("id"), name)
	if err != nil {
		refuse(w, http.StatusNotFound, "not-found", goneFile)
		return
	}
	defer f.Close()
	format, _ := audio.FormatOf(name)
	w.Header().Set("Content-Type", map[audio.Format]string{audio.WAV: "audio/wav", audio.FLAC: "audio/flac", audio.MP3: "audio/mpeg"}[format])
	w.Header().Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": name}))
	w.Header().Set("Cache-Control", "no-store")
	http.ServeContent(&patient{w, http.NewResponseController(w), s.ctx, idleReader}, r, "", time.Time{}, f)
}

// fileName is what a session's file is called, on every system.
func fileName(title string, format audio.Format) string {
	name := strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f || strings.ContainsRune(`/\:*?"<>|`, r) {
			return ' '
		}
		return r
	}, title)
	name = strings.Trim(strings.Join(strings.Fields(name), " "), ". ")
	if runes := []rune(name); len(runes) > 60 {
		name = strings.TrimSpace(string(runes[:60]))
	}
	if name == "" {
		name = "Session"
	}
	return name + "." + string(format)
}
