package main

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"runtime/debug"
	"slices"
	"sync"

	"github.com/ipfs/boxo/ipns"
	"github.com/ipfs/go-datastore"
	dssync "github.com/ipfs/go-datastore/sync"
	dht "github.com/libp2p/go-libp2p-kad-dht"
	pubsub "github.com/libp2p/go-libp2p-pubsub"
	pubsubpb "github.com/libp2p/go-libp2p-pubsub/pb"

	"github.com/libp2p/go-libp2p"
	"github.com/libp2p/go-libp2p/core/crypto"
	"github.com/libp2p/go-libp2p/core/event"
	"github.com/libp2p/go-libp2p/core/host"
	"github.com/libp2p/go-libp2p/core/network"
	"github.com/libp2p/go-libp2p/core/peer"
	"github.com/libp2p/go-libp2p/core/protocol"
	"github.com/libp2p/go-libp2p/p2p/muxer/yamux"
	"github.com/libp2p/go-libp2p/p2p/security/noise"
	"github.com/libp2p/go-libp2p/p2p/transport/tcp"
)

type message struct {
	From peer.ID `json:"from"`
	Data string  `json:"data"`
}

type topic struct {
	handle *pubsub.Topic
	mu     sync.Mutex
	got    []message
}

type node struct {
	host   host.Host
	dht    *dht.IpfsDHT
	pubsub *pubsub.PubSub
	topics map[string]*topic

	values datastore.Batching // what the DHT stores of others' records

	mu         sync.Mutex
	served     map[string]int // requests by the stream on which they came
	meshes     map[string]map[peer.ID]bool
	identities map[peer.ID]event.EvtPeerIdentificationCompleted
}

// anything is the validator of the `v` namespace: every value is valid, the first is best.
type anything struct{}

func (anything) Validate(string, []byte) error        { return nil }
func (anything) Select(string, [][]byte) (int, error) { return 0, nil }

func startNode(key crypto.PrivKey, kad string) (*node, error) {
	h, err := libp2p.New(
		libp2p.Identity(key),
		libp2p.ListenAddrStrings("/ip4/127.0.0.1/tcp/0"),
		libp2p.Transport(tcp.NewTCPTransport),
		libp2p.Security(noise.ID, noise.New),
		libp2p.Muxer(yamux.ID, yamux.DefaultTransport),
		libp2p.DisableRelay(),
		libp2p.ResourceManager(&network.NullResourceManager{}),
	)
	if err != nil {
		return nil, err
	}
	n := &node{host: h, topics: map[string]*topic{}, values: dssync.MutexWrap(datastore.NewMapDatastore()),
		served: map[string]int{}, meshes: map[string]map[peer.ID]bool{}, identities: map[peer.ID]event.EvtPeerIdentificationCompleted{}}
	events, err := h.EventBus().Subscribe(new(event.EvtPeerIdentificationCompleted))
	if err != nil {
		return nil, err
	}
	go func() {
		for e := range events.Out() {
			identity := e.(event.EvtPeerIdentificationCompleted)
			n.mu.Lock()
			n.identities[identity.Peer] = identity
			n.mu.Unlock()
		}
	}()
	options := []dht.Option{
		dht.Mode(dht.ModeServer),
		dht.ValueDatastore(n.values),
		dht.OnRequestHook(n.serves),
		dht.NamespacedValidator("v", anything{}),
		dht.NamespacedValidator("ipns", ipns.Validator{KeyBook: h.Peerstore()}),
	}
	if kad == "/ipfs/lan/kad/1.0.0" {
		options = append(options, dht.ProtocolExtension("/lan"))
	} else {
		// The prefix /ipfs allows no namespaces but pk and ipns, so another prefix is
		// set and the protocol id on the wire put back to the usual one.
		options = append(options, dht.ProtocolPrefix("/interop"), dht.V1ProtocolOverride(protocol.ID(kad)))
	}
	n.dht, err = dht.New(h, options...)
	if err != nil {
		return nil, err
	}
	n.pubsub, err = pubsub.NewGossipSub(context.Background(), h, pubsub.WithEventTracer(n))
	return n, err
}

func (n *node) addrs() []string {
	var all []string
	for _, a := range n.host.Addrs() {
		all = append(all, fmt.Sprintf("%s/p2p/%s", a, n.host.ID()))
	}
	return all
}

func (n *node) identified(ctx context.Context, text string) (fields, error) {
	id, err := peer.Decode(text)
	if err != nil {
		return nil, err
	}
	var found event.EvtPeerIdentificationCompleted
	err = until(ctx, "not identified", func() bool {
		n.mu.Lock()
		defer n.mu.Unlock()
		identity, known := n.identities[id]
		found = identity
		return known
	})
	if err != nil {
		return nil, err
	}
	f := fields{"agent": found.AgentVersion, "protocols": found.Protocols}
	if found.ObservedAddr != nil {
		f["observed"] = found.ObservedAddr.String()
	}
	return f, nil
}

func (n *node) subscribe(name string) error {
	if n.topics[name] != nil {
		return nil
	}
	handle, err := n.pubsub.Join(name)
	if err != nil {
		return err
	}
	subscription, err := handle.Subscribe()
	if err != nil {
		return err
	}
	t := &topic{handle: handle}
	n.topics[name] = t
	go func() {
		for {
			m, err := subscription.Next(context.Background())
			if err != nil {
				return
			}
			if m.GetFrom() == n.host.ID() {
				continue
			}
			t.mu.Lock()
			t.got = append(t.got, message{m.GetFrom(), string(m.Data)})
			t.mu.Unlock()
		}
	}()
	return nil
}

func (n *node) topic(name string) (*topic, error) {
	if t := n.topics[name]; t != nil {
		return t, nil
	}
	return nil, errors.New("not subscribed to " + name)
}

// Trace follows the meshes: pubsub has no other way to ask for their members.
func (n *node) Trace(e *pubsubpb.TraceEvent) {
	n.mu.Lock()
	defer n.mu.Unlock()
	switch {
	case e.Graft != nil:
		members := n.meshes[e.Graft.GetTopic()]
		if members == nil {
			members = map[peer.ID]bool{}
			n.meshes[e.Graft.GetTopic()] = members
		}
		members[peer.ID(e.Graft.PeerID)] = true
	case e.Prune != nil:
		delete(n.meshes[e.Prune.GetTopic()], peer.ID(e.Prune.PeerID))
	}
}

func (n *node) mesh(ctx context.Context, name string) (fields, error) {
	if _, err := n.topic(name); err != nil {
		return nil, err
	}
	var peers []peer.ID
	err := until(ctx, "no peer in the mesh", func() bool {
		n.mu.Lock()
		defer n.mu.Unlock()
		peers = slices.Collect(maps.Keys(n.meshes[name]))
		return len(peers) > 0
	})
	return fields{"peers": orEmpty(peers)}, err
}

func (n *node) publish(ctx context.Context, name, data string) error {
	t, err := n.topic(name)
	if err != nil {
		return err
	}
	return t.handle.Publish(ctx, []byte(data))
}

func (n *node) messages(ctx context.Context, r request) (fields, error) {
	t, err := n.topic(r.Topic)
	if err != nil {
		return nil, err
	}
	got := []message{}
	err = until(ctx, "too few messages", func() bool {
		t.mu.Lock()
		defer t.mu.Unlock()
		got = append([]message{}, t.got...)
		return len(got) >= r.Min
	})
	return fields{"messages": got}, err
}

// versions reads the modules' versions from the binary itself, so they cannot go stale.
func versions() string {
	names := map[string]string{
		"github.com/libp2p/go-libp2p":         "go-libp2p",
		"github.com/libp2p/go-libp2p-kad-dht": "go-libp2p-kad-dht",
		"github.com/libp2p/go-libp2p-pubsub":  "go-libp2p-pubsub",
		"github.com/ipfs/boxo":                "boxo",
	}
	text := ""
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, m := range info.Deps {
			if name := names[m.Path]; name != "" {
				if text != "" {
					text += ", "
				}
				text += name + " " + m.Version
			}
		}
	}
	return text
}
