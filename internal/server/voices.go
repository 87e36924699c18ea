package server

import (
	"context"
	"encoding/json"
	"net/http"
	"time"

	"stillpoint/internal/script"
	"stillpoint/internal/timeline"
	"stillpoint/internal/voice"
)

// voiceOffer is a voice, and how much of a script it says.
type voiceOffer struct {
	ID    string     `json:"id"`
	Name  string     `json:"name"`
	About string     `json:"about,omitempty"`
	Kind  voice.Kind `json:"kind"`
	Says  int        `json:"says"` // of the script's texts
	Of    int        `json:"of"`
}

// voices answers which voices can say a script, the best first, and which of them
// it has when nobody chooses; none is "".
func (s *Server) voices(w http.ResponseWriter, r *http.Request) {
	page, ok := s.page(w, r.URL.Query().Get("script"))
	if !ok {
		return
	}
	list := []voiceOffer{}
	for _, o := range s.Voices.Offers(page) {
		list = append(list, voiceOffer{o.ID, o.Name, o.About, o.Kind, o.Says, o.Of})
	}
	answer(w, http.StatusOK, map[string]any{"best": s.Voices.Choose(page, ""), "voices": list})
}

// page is the script with an id, where it can be practised.
func (s *Server) page(w http.ResponseWriter, id string) (*script.Script, bool) {
	page, err := s.Library.Script(id)
	if err != nil {
		refuse(w, http.StatusNotFound, "unknown-script", err.Error())
		return nil, false
	}
	return page, true
}

// prepareLongest is how long making a script ready may take.
const prepareLongest = 15 * time.Minute

// prepareVoice makes all a script may say ready in a voice, and answers with a line
// of JSON for every text that is, so that the page can show how far it is. Who
// goes away cancels it; what is ready by then stays ready.
func (s *Server) prepareVoice(w http.ResponseWriter, r *http.Request) {
	var asked struct{ Script, Voice string }
	if err := json.NewDecoder(http.MaxBytesReader(w, r.Body, maxBody)).Decode(&asked); err != nil {
		refuse(w, http.StatusBadRequest, "bad-message", "This needs a JSON object with script, and perhaps voice.")
		return
	}
	page, ok := s.page(w, asked.Script)
	if !ok {
		return
	}
	select {
	case s.prepares <- struct{}{}:
		defer func() { <-s.prepares }()
	default:
		refuse(w, http.StatusServiceUnavailable, "full", "Two voices are being made ready already. It works again when one of them is.")
		return
	}
	ctx, cancel := context.WithTimeout(r.Context(), prepareLongest)
	defer cancel()
	defer context.AfterFunc(s.ctx, cancel)()
	tell := lines(w, cancel)
	id := s.Voices.Choose(page, asked.Voice)
	said, err := s.Voices.Ready(ctx, page, id, func(done, of int) { tell(map[string]int{"done": done, "of": of}) })
	if err == nil {
		_, err = s.Prepare(ctx, page, timeline.Settings{Voice: id}) // and whatever else a session needs
	}
	if err == nil {
		tell(map[string]any{"voice": id, "said": said.Texts, "of": said.Of})
	}
}

// lines begins an answer that comes line by line, for as long as it takes: that it
// comes is said at once. gone is called when nobody takes it any more.
func lines(w http.ResponseWriter, gone func()) (tell func(line any)) {
	w.Header().Set("Content-Type", "application/x-ndjson")
	w.Header().Set("Cache-Control", "no-store")
	control := http.NewResponseController(w)
	control.Flush()
	return func(line any) {
		control.SetWriteDeadline(time.Now().Add(lineLongest))
		if json.NewEncoder(w).Encode(line) != nil || control.Flush() != nil {
			gone()
		}
	}
}

// lineLongest is how long a page may leave a line of an answer unread.
const lineLongest = 15 * time.Second

// sampleLongest is how long an engine may take for the few words of a trial.
const sampleLongest = 12 * time.Second

// mostLanguage is as long as the language of a script can be, in bytes.
const mostLanguage = 66

// sample is a few words of a voice, to try it. A HEAD makes them ready to be heard
// at once.
func (s *Server) sample(w http.ResponseWriter, r *http.Request) {
	mix, ok := mixFrom(w, r)
	if !ok {
		return
	}
	language := r.URL.Query().Get("language")
	l := timeline.Line{Text: voice.Sample(language), Language: language, Voice: r.PathValue("id")}
	if len(language) > mostLanguage || len(l.Voice) > timeline.MaxVoice || !s.Voices.Says(l) {
		refuse(w, http.StatusNotFound, "not-found", unheard)
		return
	}
	ctx, cancel := context.WithTimeout(r.Context(), sampleLongest)
	defer cancel()
	said, err := s.Voices.Prepare(ctx, []string{l.Text}, l.Language, l.Voice, nil)
	if err != nil || said.Texts == 0 {
		refuse(w, http.StatusNotFound, "not-found", unheard)
		return
	}
	s.sound(w, r, s.Bank.Words(l, mix.Voice).Within(mix), idleBell)
}

const unheard = "This voice has nothing to say here. You might choose another."
