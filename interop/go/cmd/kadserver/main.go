// kadserver is the go side of the server benchmark: one DHT server with a full
// routing table that answers until its stdin ends.
package main

import (
	"crypto/ed25519"
	"crypto/rand"
	"crypto/sha256"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"log"
	"os"

	"github.com/libp2p/go-libp2p"
	dht "github.com/libp2p/go-libp2p-kad-dht"
	"github.com/libp2p/go-libp2p/core/crypto"
	"github.com/libp2p/go-libp2p/core/network"
	"github.com/libp2p/go-libp2p/core/peer"
	"github.com/libp2p/go-libp2p/core/peerstore"
	"github.com/libp2p/go-libp2p/p2p/muxer/yamux"
	"github.com/libp2p/go-libp2p/p2p/net/connmgr"
	"github.com/libp2p/go-libp2p/p2p/security/noise"
	"github.com/libp2p/go-libp2p/p2p/transport/tcp"
	ma "github.com/multiformats/go-multiaddr"
)

func main() {
	count := flag.Int("peers", 1000, "synthetic peers offered to the routing table")
	flag.Parse()
	key, _, err := crypto.GenerateEd25519Key(rand.Reader)
	check(err)
	// A load test opens thousands of connections and streams from one address. The
	// default resource manager and connection manager would throttle that, so both
	// are put out of the way; the default DHT options are a user's.
	manager, err := connmgr.NewConnManager(20_000, 30_000)
	check(err)
	h, err := libp2p.New(
		libp2p.Identity(key),
		libp2p.ListenAddrStrings("/ip4/127.0.0.1/tcp/0"),
		libp2p.Transport(tcp.NewTCPTransport),
		libp2p.Security(noise.ID, noise.New),
		libp2p.Muxer(yamux.ID, yamux.DefaultTransport),
		libp2p.DisableRelay(),
		libp2p.ResourceManager(&network.NullResourceManager{}),
		libp2p.ConnectionManager(manager),
	)
	check(err)
	// No refresh: it would dial the synthetic peers and evict them.
	d, err := dht.New(h, dht.Mode(dht.ModeServer), dht.DisableAutoRefresh())
	check(err)
	fill(h.Peerstore(), d, *count)

	addrs := []string{}
	for _, a := range h.Addrs() {
		addrs = append(addrs, fmt.Sprintf("%s/p2p/%s", a, h.ID()))
	}
	check(json.NewEncoder(os.Stdout).Encode(map[string]any{
		"event": "ready", "id": h.ID(), "addrs": addrs, "impl": "go",
		"offered": *count, "table": d.RoutingTable().Size(),
	}))
	io.Copy(io.Discard, os.Stdin)
}

// fill offers `count` peers with one loopback address each. The table keeps what
// its buckets of 20 have room for, as in a network of that size. Peer i's Ed25519
// seed is sha256("synthetic peer i"), so another server can be given the same peers.
func fill(store peerstore.Peerstore, d *dht.IpfsDHT, count int) {
	for i := range count {
		seed := sha256.Sum256(fmt.Appendf(nil, "synthetic peer %d", i))
		public, err := crypto.UnmarshalEd25519PublicKey(ed25519.NewKeyFromSeed(seed[:]).Public().(ed25519.PublicKey))
		check(err)
		id, err := peer.IDFromPublicKey(public)
		check(err)
		addr, err := ma.NewMultiaddr(fmt.Sprintf("/ip4/127.0.0.1/tcp/%d", 20_000+i%40_000))
		check(err)
		store.AddAddr(id, addr, peerstore.PermanentAddrTTL)
		// A full bucket refuses: that is no error here.
		d.RoutingTable().TryAddPeer(id, true, false)
	}
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
