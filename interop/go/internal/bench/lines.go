// Package bench holds what the programs of the network benchmark share: how they are
// talked to, and what both implementations have agreed upon.
package bench

import (
	"bufio"
	"encoding/json"
	"os"
)

// Fields is one JSON object.
type Fields map[string]any

// Serve says that the program is ready, then answers each line of standard input with
// one line, in order, until it ends. A failure of `answer` is told, not fatal.
func Serve[R any](ready Fields, answer func(R) (any, error)) {
	out := json.NewEncoder(os.Stdout)
	out.Encode(ready)
	in := bufio.NewReader(os.Stdin)
	for {
		line, err := in.ReadBytes('\n')
		if err != nil {
			return
		}
		var request R
		var reply any
		if err = json.Unmarshal(line, &request); err == nil {
			reply, err = answer(request)
		}
		if err != nil {
			reply = Fields{"error": err.Error()}
		}
		out.Encode(reply)
	}
}
