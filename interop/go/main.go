// A go-libp2p peer driven by JSON lines on stdin; ../README.md has the protocol.
package main

import (
	"bufio"
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"log"
	"os"
	"syscall"
	"time"

	"github.com/ipfs/go-cid"
	"github.com/libp2p/go-libp2p/core/crypto"
	"github.com/libp2p/go-libp2p/core/network"
	"github.com/libp2p/go-libp2p/core/peer"
	"github.com/libp2p/go-libp2p/p2p/protocol/ping"
)

type request struct {
	N         int64  `json:"n"`
	Verb      string `json:"verb"`
	Addr      string `json:"addr"`
	Peer      string `json:"peer"`
	KeyPeer   string `json:"key_peer"`
	Key       string `json:"key"`
	Value     string `json:"value"`
	Name      string `json:"name"`
	Record    string `json:"record"`
	Sequence  uint64 `json:"sequence"`
	Cid       string `json:"cid"`
	Topic     string `json:"topic"`
	Data      string `json:"data"`
	Count     int    `json:"count"`
	Min       int    `json:"min"`
	TimeoutMs int    `json:"timeout_ms"`
}

type fields map[string]any

var out = json.NewEncoder(os.Stdout)

func main() {
	keyType := flag.String("key-type", "ed25519", "ed25519, secp256k1, rsa or ecdsa")
	protocol := flag.String("protocol", "/ipfs/kad/1.0.0", "the DHT's protocol id")
	flag.Parse()
	key, err := newKey(*keyType)
	if err != nil {
		out.Encode(fields{"event": "error", "na": true, "error": err.Error()})
		os.Exit(3)
	}
	n, err := startNode(key, *protocol)
	if err != nil {
		log.Fatal(err)
	}
	out.Encode(fields{"event": "ready", "id": n.host.ID(), "addrs": n.addrs(), "impl": "go", "version": versions()})

	in := bufio.NewScanner(os.Stdin)
	in.Buffer(nil, 1<<20)
	for in.Scan() {
		var r request
		if err := json.Unmarshal(in.Bytes(), &r); err != nil {
			out.Encode(fields{"n": nil, "ok": false, "error": err.Error()})
			continue
		}
		reply := n.answer(r)
		reply["n"] = r.N
		out.Encode(reply)
		if r.Verb == "quit" {
			break
		}
	}
	os.Exit(0)
}

func newKey(name string) (crypto.PrivKey, error) {
	types := map[string]int{"ed25519": crypto.Ed25519, "secp256k1": crypto.Secp256k1, "rsa": crypto.RSA, "ecdsa": crypto.ECDSA}
	t, known := types[name]
	if !known {
		return nil, fmt.Errorf("no key type %q", name)
	}
	key, _, err := crypto.GenerateKeyPairWithReader(t, 2048, rand.Reader)
	return key, err
}

func (n *node) answer(r request) fields {
	timeout := 10 * time.Second
	if r.TimeoutMs > 0 {
		timeout = time.Duration(r.TimeoutMs) * time.Millisecond
	}
	ctx, cancel := context.WithTimeout(context.Background(), timeout)
	defer cancel()
	result, err := n.perform(ctx, r)
	if err != nil {
		return fields{"ok": false, "error": err.Error()}
	}
	if result == nil {
		result = fields{}
	}
	result["ok"] = true
	return result
}

func (n *node) perform(ctx context.Context, r request) (fields, error) {
	switch r.Verb {
	case "connect":
		info, err := peer.AddrInfoFromString(r.Addr)
		if err != nil {
			return nil, err
		}
		// Or the back-off after a dial that one of the DHT's own lookups gave up would forbid it.
		ctx = network.WithForceDirectDial(ctx, "asked to")
		return fields{"id": info.ID}, n.host.Connect(ctx, *info)
	case "identify":
		return n.identified(ctx, r.Peer)
	case "ping":
		return n.ping(ctx, r)
	case "routing":
		id, err := peer.Decode(r.Peer)
		if err != nil {
			return nil, err
		}
		return fields{"size": n.dht.RoutingTable().Size()}, until(ctx, "not in the routing table", func() bool {
			return n.dht.RoutingTable().Find(id) != ""
		})
	case "findnode":
		id, err := peer.Decode(r.KeyPeer)
		if err != nil {
			return nil, err
		}
		peers, err := n.dht.GetClosestPeers(ctx, string(id))
		return fields{"peers": orEmpty(peers)}, err
	case "put":
		return nil, n.dht.PutValue(ctx, r.Key, []byte(r.Value))
	case "get":
		value, err := n.dht.GetValue(ctx, r.Key)
		return fields{"value": string(value)}, err
	case "name-sign":
		return n.signName(r)
	case "name-put":
		return nil, n.putName(ctx, r)
	case "name-get":
		return n.getName(ctx, r)
	case "name-check":
		return n.checkName(r)
	case "provide":
		c, err := cid.Decode(r.Cid)
		if err != nil {
			return nil, err
		}
		return nil, n.dht.Provide(ctx, c, true)
	case "findprovs":
		return n.findProviders(ctx, r)
	case "held":
		return n.held(ctx, r)
	case "streams":
		return n.streams(), nil
	case "subscribe":
		return nil, n.subscribe(r.Topic)
	case "mesh":
		return n.mesh(ctx, r.Topic)
	case "publish":
		return nil, n.publish(ctx, r.Topic, r.Data)
	case "messages":
		return n.messages(ctx, r)
	case "peers":
		return fields{"peers": orEmpty(n.host.Network().Peers())}, nil
	case "stats":
		var u syscall.Rusage
		err := syscall.Getrusage(syscall.RUSAGE_SELF, &u)
		return fields{"cpu_s": float64(u.Utime.Nano()+u.Stime.Nano()) / 1e9}, err
	case "quit":
		return nil, nil
	}
	return nil, fmt.Errorf("unknown verb %q", r.Verb)
}

func (n *node) ping(ctx context.Context, r request) (fields, error) {
	id, err := peer.Decode(r.Peer)
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	results := ping.Ping(ctx, n.host, id)
	rtts := []float64{}
	for range max(r.Count, 1) {
		result, open := <-results
		if !open {
			return nil, ctx.Err()
		}
		if result.Error != nil {
			return nil, result.Error
		}
		rtts = append(rtts, float64(result.RTT.Microseconds())/1000)
	}
	return fields{"rtts_ms": rtts}, nil
}

func (n *node) findProviders(ctx context.Context, r request) (fields, error) {
	c, err := cid.Decode(r.Cid)
	if err != nil {
		return nil, err
	}
	found := []peer.ID{}
	for info := range n.dht.FindProvidersAsync(ctx, c, r.Count) {
		found = append(found, info.ID)
	}
	return fields{"providers": found}, nil
}

// until polls, because neither the routing table nor pubsub tells of every change.
func until(ctx context.Context, otherwise string, done func() bool) error {
	for !done() {
		select {
		case <-ctx.Done():
			return errors.New(otherwise)
		case <-time.After(20 * time.Millisecond):
		}
	}
	return nil
}

// orEmpty makes JSON's [] of a nil slice.
func orEmpty(ids []peer.ID) []peer.ID {
	return append([]peer.ID{}, ids...)
}
