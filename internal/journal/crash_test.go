package journal

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// writesHere names the folder in which a child process of these tests writes.
const writesHere = "STILLPOINT_TEST_WRITES_HERE"

func TestMain(m *testing.M) {
	if folder := os.Getenv(writesHere); folder != "" {
		writeOn(folder)
		return
	}
	os.Exit(m.Run())
}

// writeOn writes entry after entry, and says the id of each once it is acknowledged.
func writeOn(folder string) {
	j, err := Open(Config{Folder: folder})
	if err != nil {
		panic(err)
	}
	d := newDice(uint64(os.Getpid()))
	for n := range 200 {
		e := d.entry(n)
		e.ID = fmt.Sprintf("%d-%d", os.Getpid(), n)
		text := fmt.Sprintf(`{"version":1,"entries":[{"id":%q,"began":"2026-11-22T07:30:00+01:00"}]}`, e.ID)
		if _, err := j.Import(context.Background(), strings.NewReader(text), JSON); err != nil {
			panic(err)
		}
		if _, err := j.CheckIn(context.Background(), e.ID, Before, CheckIn{Feelings: []string{"tender"}}); err != nil {
			panic(err)
		}
		fmt.Println(e.ID)
	}
	io.Copy(io.Discard, os.Stdin) // until it is killed
}

// TestKilledWhileWriting: a program that is killed in the midst of 200 writes, at any
// moment, loses none that it had acknowledged.
func TestKilledWhileWriting(t *testing.T) {
	folder := t.TempDir()
	turnedOn(t, folder).Close()
	var said []string
	for _, after := range []int{1, 23 + rand.IntN(150), 23 + rand.IntN(150), 200} {
		said = append(said, killedAfter(t, folder, after)...)
		j := opened(t, folder)
		for _, id := range said {
			if e, err := j.Entry(t.Context(), id); err != nil || e.Before == nil || !slices.Equal(e.Before.Feelings, []string{"tender"}) {
				t.Fatalf("%s was acknowledged: %+v, %v", id, e, err)
			}
		}
		j.Close()
	}
	if len(said) < 1+2*23+200 {
		t.Errorf("only %d were acknowledged", len(said))
	}
}

// killedAfter has a child write, kills it once it has said so many, and returns all
// that it said.
func killedAfter(t *testing.T, folder string, after int) (said []string) {
	t.Helper()
	child := exec.Command(os.Args[0])
	child.Env = append(os.Environ(), writesHere+"="+folder)
	child.Stderr = os.Stderr
	in, err := child.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		said = append(said, lines.Text())
		if len(said) == after {
			child.Process.Kill() // SIGKILL: nothing is tidied up
		}
	}
	child.Wait()
	if len(said) < after {
		t.Fatalf("it ended after %d writes", len(said))
	}
	return said
}
