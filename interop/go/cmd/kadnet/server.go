package main

import (
	"context"
	"fmt"
	"time"

	"kadenza/interop/internal/bench"

	"github.com/ipfs/go-datastore"
	dssync "github.com/ipfs/go-datastore/sync"
	"github.com/libp2p/go-libp2p"
	dht "github.com/libp2p/go-libp2p-kad-dht"
	pb "github.com/libp2p/go-libp2p-kad-dht/pb"
	"github.com/libp2p/go-libp2p-kad-dht/records"
	"github.com/libp2p/go-libp2p/core/host"
	"github.com/libp2p/go-libp2p/core/network"
	"github.com/libp2p/go-libp2p/core/peer"
	"github.com/libp2p/go-libp2p/core/protocol"
	"github.com/libp2p/go-libp2p/p2p/muxer/yamux"
	"github.com/libp2p/go-libp2p/p2p/net/connmgr"
	"github.com/libp2p/go-libp2p/p2p/security/noise"
	"github.com/libp2p/go-libp2p/p2p/transport/tcp"
)

// server is one DHT server.
type server struct {
	host   host.Host
	dht    *dht.IpfsDHT
	values datastore.Batching
	sink   *sink
}

// startServer listens on loopback with TCP, Noise and Yamux. Thousands of connections
// come from one address: the resource manager and the connection manager are put out of
// the way, the options of the DHT are a user's.
func startServer(c *counts, prefix string, sinking bool, rtt time.Duration) (*server, error) {
	manager, err := connmgr.NewConnManager(20_000, 30_000)
	if err != nil {
		return nil, err
	}
	options := []libp2p.Option{
		libp2p.ListenAddrStrings("/ip4/127.0.0.1/tcp/0"),
		libp2p.Transport(tcp.NewTCPTransport),
		libp2p.Security(noise.ID, noise.New),
		libp2p.Muxer(yamux.ID, yamux.DefaultTransport),
		libp2p.DisableRelay(),
		libp2p.DisableMetrics(),
		libp2p.ResourceManager(&network.NullResourceManager{}),
		libp2p.ConnectionManager(manager),
	}
	var slow *relay
	if rtt > 0 {
		if slow, err = newRelay(rtt); err != nil {
			return nil, err
		}
		options = append(options, libp2p.AddrsFactory(slow.instead))
	}
	h, err := libp2p.New(options...)
	if err != nil {
		return nil, err
	}
	if slow != nil {
		if err := slow.start(h); err != nil {
			return nil, err
		}
	}
	s := &server{host: h, values: dssync.MutexWrap(datastore.NewMapDatastore()), sink: newSink()}
	dhtOptions := []dht.Option{
		dht.Mode(dht.ModeServer),
		// Who is in the network does not change while it is measured.
		dht.DisableAutoRefresh(),
		dht.ProtocolPrefix(protocol.ID(prefix)),
		dht.NamespacedValidator("v", bench.Anything{}),
		dht.ValueDatastore(s.values),
		dht.OnRequestHook(func(_ context.Context, _ network.Stream, m *pb.Message) { c.count(m) }),
	}
	if sinking {
		dhtOptions = append(dhtOptions, dht.ProviderDatastore(s.sink))
	}
	s.dht, err = dht.New(h, dhtOptions...)
	return s, err
}

// holds tells whether a value under a key is here.
func (s *server) holds(ctx context.Context, key string) (bool, error) {
	record, err := records.NewValueStore(s.values, bench.Anything{}, 0).Get(ctx, key)
	return record != nil, err
}

func (s *server) addr() string {
	return fmt.Sprintf("%s/p2p/%s", s.host.Addrs()[0], s.host.ID())
}

func (s *server) join(ctx context.Context, seeds []string) {
	for _, seed := range seeds {
		info, err := peer.AddrInfoFromString(seed)
		if err == nil && info.ID != s.host.ID() {
			// Who cannot be reached is missing in the table, which the driver sees.
			_ = s.host.Connect(ctx, *info)
		}
	}
	select {
	case <-s.dht.RefreshRoutingTable():
	case <-ctx.Done():
	}
}
