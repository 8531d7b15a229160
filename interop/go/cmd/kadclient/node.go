package main

import (
	"bytes"
	"context"
	"errors"
	"time"

	"kadenza/interop/internal/bench"

	"github.com/libp2p/go-libp2p"
	dht "github.com/libp2p/go-libp2p-kad-dht"
	pb "github.com/libp2p/go-libp2p-kad-dht/pb"
	"github.com/libp2p/go-libp2p/core/host"
	"github.com/libp2p/go-libp2p/core/network"
	"github.com/libp2p/go-libp2p/core/peer"
	"github.com/libp2p/go-libp2p/core/peerstore"
	"github.com/libp2p/go-libp2p/p2p/muxer/yamux"
	"github.com/libp2p/go-libp2p/p2p/security/noise"
	"github.com/libp2p/go-libp2p/p2p/transport/tcp"
	"github.com/libp2p/go-msgio"
	"google.golang.org/protobuf/proto"
)

// node is a DHT client as a user would start it, on loopback, but that nothing keeps it
// from connecting with a thousand servers within seconds, as a race has it do.
type node struct {
	host host.Host
	dht  *dht.IpfsDHT
}

func startNode() (*node, error) {
	h, err := libp2p.New(
		// Who provides needs an address to tell.
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
	d, err := dht.New(h,
		dht.Mode(dht.ModeClient),
		dht.ProtocolPrefix(bench.Prefix),
		dht.NamespacedValidator("v", bench.Anything{}),
	)
	return &node{h, d}, err
}

func (n *node) close() {
	n.dht.Close()
	n.host.Close()
}

// meet connects with a server and waits until it is in the routing table.
func (n *node) meet(ctx context.Context, addr string) error {
	info, err := peer.AddrInfoFromString(addr)
	if err != nil {
		return err
	}
	if err := n.host.Connect(ctx, *info); err != nil {
		return err
	}
	for n.dht.RoutingTable().Find(info.ID) == "" {
		select {
		case <-ctx.Done():
			return errors.New("not in the routing table")
		case <-time.After(time.Millisecond):
		}
	}
	return nil
}

// ask connects with a server and asks it who is closest to a key.
func (n *node) ask(ctx context.Context, addr, key string) (result, error) {
	info, err := peer.AddrInfoFromString(addr)
	if err != nil {
		return result{}, err
	}
	start := time.Now()
	n.host.Peerstore().AddAddrs(info.ID, info.Addrs, peerstore.TempAddrTTL)
	stream, err := n.host.NewStream(ctx, info.ID, bench.Prefix+"/kad/1.0.0")
	if err != nil {
		return result{}, err
	}
	defer stream.Close()
	question, err := proto.Marshal(pb.NewMessage(pb.Message_FIND_NODE, []byte(key), 0))
	if err != nil {
		return result{}, err
	}
	if err := msgio.NewVarintWriter(stream).WriteMsg(question); err != nil {
		return result{}, err
	}
	body, err := msgio.NewVarintReaderSize(stream, network.MessageSizeMax).ReadMsg()
	if err != nil {
		return result{}, err
	}
	took := time.Since(start)
	answer := new(pb.Message)
	if err := proto.Unmarshal(body, answer); err != nil {
		return result{}, err
	}
	r := result{Nanos: took.Nanoseconds(), Good: true}
	for _, closer := range answer.CloserPeers {
		r.Peers = append(r.Peers, peer.ID(closer.Id).String())
	}
	return r, nil
}

func (n *node) join(ctx context.Context, seeds []string) error {
	for _, seed := range seeds {
		if err := n.meet(ctx, seed); err != nil {
			return err
		}
	}
	return <-n.dht.RefreshRoutingTable()
}

func (n *node) closest(ctx context.Context, key string) result {
	start := time.Now()
	peers, err := n.dht.GetClosestPeers(ctx, key)
	took := time.Since(start)
	r := result{Nanos: took.Nanoseconds(), Good: err == nil}
	for _, id := range peers {
		r.Peers = append(r.Peers, id.String())
	}
	return r
}

func (n *node) put(ctx context.Context, key string, length int) result {
	value := bench.Value(key, length)
	start := time.Now()
	err := n.dht.PutValue(ctx, key, value)
	return result{Nanos: time.Since(start).Nanoseconds(), Good: err == nil}
}

func (n *node) get(ctx context.Context, key string, length int) result {
	start := time.Now()
	value, err := n.dht.GetValue(ctx, key)
	took := time.Since(start)
	return result{Nanos: took.Nanoseconds(), Good: err == nil && bytes.Equal(value, bench.Value(key, length))}
}
