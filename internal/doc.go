// Package internal is Stillpoint's inside. This page is its map.
//
//	library ─ script.Parse ─ timeline.Compile ─ room ─ snapshot, updates ┬─ server ── browser (screen, its own sound)
//	                speech lengths go in here    │ commands              └─ audio ─── speaker (the room's sound)
//	                                             └ session.Apply
//
// # The idea in six sentences
//
//  1. A script is a page of words with stage directions in brackets.
//  2. A timeline is that script with every duration worked out: spans (what you
//     see) and cues (what you hear).
//  3. A transport is three values (state, position, since): position is a
//     question asked for a time, never a counter.
//  4. The score is sent once, then only the transport: screens compute every
//     frame from timeline, transport and a synchronised clock, so that joining
//     late, reconnecting and lagging are one case.
//  5. Sound is a pure function of (timeline, mix, frame number); one renderer
//     feeds the host's speaker, the track a browser plays, and a file.
//  6. Stopping is sacred: every device that has joined may pause and stop; it
//     acts locally first and tells the server after.
//
// # Floors
//
// A package imports only lower floors; timeline → script is the one step
// sideways. floors_test.go enforces the table, with the reason for each ban.
//
//	cmd/stillpoint   5  flags, wiring
//	server           4  HTTP, WebSocket, the browser's track, static files
//	speaker          3  the host's sound card; it and sleep alone know the OS
//	sleep            3  for how long the computer has been asleep
//	room             2  the live thing: one owner goroutine, participants, a Store
//	audio            2  timeline and mix to sound
//	voice            2  a line to speech with a known length: recordings, narration, engines
//	journal          2  what someone has practised, in one file of their own, if they want it
//	wire             2  the JSON messages
//	pairing          2  which devices may come in from the network, as what, and who is being waited for
//	session          1  the pure reducer: state and command to state and events
//	library          1  finds scripts
//	authority        1  vouches for this computer to the devices of its room, and can for nothing else
//	pcm              1  samples at rest: reading and writing recordings, their rate, how loud they are
//	script           0  text to Script and back; patterns, regions; script/check
//	timeline         0  Script and settings to Timeline
//	transport        0  the value and its arithmetic
//	mp3              0  samples to MPEG-1 Layer III
//
// web and sounds only embed; cmd imports them and hands them on as an fs.FS.
//
// # Words
//
// One word, one meaning. A new word enters here in the same change.
//
//	script, section, prompt, direction   what the author wrote; a # heading; a spoken paragraph; a bracketed line
//	original, translation                a script, and the same session in the words of another language
//	pattern, phase                       4-0-6-0; inhale, hold, exhale, rest
//	composed, round                      a script that is its breathe direction, with words around it; one block of it, between two visits to the room
//	region                               a part of the body, from the canonical list
//	place                                where attention is: regions, or nowhere
//	timeline, span, cue                  the script with times; something lasting [from, to) that is seen; an instant that is heard
//	quiet                                a span with nothing said: what a rest direction makes
//	here                                 a soft cue in a long silence: the session is still there
//	edit                                 a change made to a timeline at a position: skip, stay, extend, …
//	transport, position                  state, where and since; a duration
//	room time                            the server's monotonic clock, the same for every device of a room
//	session                              one run of one timeline
//	room                                 the place devices join; it holds at most one session at a time
//	house                                all rooms of one server
//	participant, role                    a device in the room; guide, guest, display or remote
//	seat                                 a participant's place in a room, which it leaves or comes back to
//	command, event                       asked of a session; happened in one
//	line                                 words to be spoken: text, language, and the voice that is to say them
//	voice                                who speaks: one's own recordings, the shipped narration, an engine
//	clip                                 a recording in memory: mono samples and their rate
//	mix                                  levels of voice, bells, breath, ambience; tone, counting and night
//	tone                                 what a breath sounds like: soft, warm, air, or none
//	pulse                                a soft swell at each second of a counted breath
//	night                                quiet hours: a mix in which everything is quieter
//	crossing                             from one score to another at the same place, without a step
//	bank, score                          every instrument, synthesised once; a timeline and a mix ready to sound
//	speaker, track                       the host's sound card; the seekable sound a browser plays
//	plan                                 a therapist's page of what somebody might practise at home
//	ribbon                               a timeline drawn as one line
//	file                                 a session's sound to take home: a track with its sections as chapters
//	deck, side                           what plays tracks in a browser; its two elements, one of which leads
//	journal, entry                       what was practised, for oneself; one session in it
//	check-in, sensation, feeling         how someone says they are, before or after; a word for a region; a word for themselves
//	mark                                 an entry in a picture of many
//	in turn, lit                         choices offered to one key, one after another; the one that a press takes
//	copy                                 a session's track, compressed, kept by the browser that sounds for when the server is gone
//	face, corner                         what a window shows at a time; what of it may come a moment after it stands
//	piece                                a face or a corner as it is fetched: its modules, and the sheets it wears
//	shell                                every file a page is made of, kept so that it opens without a server
//	stand-in, apart                      what answers for a room that cannot be asked; a session that its room does not know
//	device, invitation                   what comes in from the network, known by a secret of its own; what lets one in, once
//	pairing                              an invitation answered: with a token, which a link has, or with a number
//	door, entrance, opening              a way in: this computer's own, encrypted, or not; one address of a door; one that is open now
//	doorstep                             where whoever opens the page from the network is led to what is theirs
//	network, near                        the switch that lets a room's devices in; an address of a private network or of this computer
//	authority, root, issuer, leaf        what vouches for this computer; what a device trusts, what has the key, what a door shows
//	fingerprint                          a root's sum, as two people compare it
//	armed, lost                          a device that has been tapped and may sound; what was the room's sound and is gone
//	trial                                the quiet bell, or a few words of a voice, where the room will sound, before anything begins
//	show, veil                           what the client's screens show: the session, a glow, the dark; what covers the session then
//	treatment, client, led               a session for somebody who lies there; that person; what a guide goes through with them
//	remote                               a device in a guide's hand: silence, and the next part
//	account, deed                        what has happened in a session, for the guide; one thing that did, and who did it
//	reflow, overrun                      fit what is to come so that it ends when it was to; by how much it ends later than that
//	veto                                 a halt by a client: what goes on when they agree, and not before
//	lock                                 what stands before stray touches, and never before silence
//	keeper, around                       a Store that outlives the program; what a record keeps besides the session
//	practice, visit                      home and the treatment rooms there are; a session of today in one of them
//	hand-over, coming                    the silence between two devices that sound; who has been chosen to be next
package internal
