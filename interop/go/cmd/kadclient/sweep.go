package main

import (
	"context"
	"sync/atomic"
	"time"

	"kadenza/interop/internal/bench"

	"github.com/libp2p/go-libp2p-kad-dht/provider"
	"github.com/libp2p/go-libp2p-kad-dht/provider/stats"
	"github.com/libp2p/go-libp2p/core/peer"
	mh "github.com/multiformats/go-multihash"
)

// How often it is seen whether the sweep is done.
const look = 100 * time.Millisecond

// asking counts the lookups of a sweep.
type asking struct {
	provider.KadClosestPeersRouter
	lookups atomic.Int64
}

func (a *asking) GetClosestPeers(ctx context.Context, key string) ([]peer.ID, error) {
	a.lookups.Add(1)
	return a.KadClosestPeersRouter.GetClosestPeers(ctx, key)
}

// sweep provides Count contents with go's SweepingProvider and its defaults, and returns
// when every one has been told of or given up.
func sweep(ctx context.Context, n *node, r request) (any, error) {
	router := &asking{KadClosestPeersRouter: n.dht}
	sweeping, err := provider.New(
		provider.WithHost(n.host),
		provider.WithRouter(router),
		provider.WithMessageSender(n.dht.MessageSender()),
		provider.WithSelfAddrs(n.host.Addrs),
	)
	if err != nil {
		return nil, err
	}
	defer sweeping.Close()
	contents := make([]mh.Multihash, r.Count)
	for i := range contents {
		contents[i] = bench.Content(r.Seed, i)
	}
	// Before it is online and has guessed how long its prefixes are to be, it takes nothing.
	if _, err = settled(ctx, sweeping, func(s stats.Stats) bool {
		return s.Connectivity.Status == "online" && s.Schedule.AvgPrefixLength >= 0
	}); err != nil {
		return nil, err
	}
	start := time.Now()
	if err := sweeping.StartProviding(true, contents...); err != nil {
		return nil, err
	}
	end, err := settled(ctx, sweeping, func(s stats.Stats) bool {
		return s.Operations.Past.KeysProvided+s.Operations.Past.KeysFailed >= int64(r.Count) &&
			s.Queues.PendingKeyProvides == 0 && s.Operations.Ongoing.KeyProvides == 0
	})
	took := time.Since(start)
	return bench.Fields{
		"provider": n.host.ID(), "nanos": took.Nanoseconds(), "lookups": router.lookups.Load(),
		"told": end.Operations.Past.KeysProvided, "missed": end.Operations.Past.KeysFailed,
	}, err
}

func settled(ctx context.Context, s *provider.SweepingProvider, done func(stats.Stats) bool) (stats.Stats, error) {
	for {
		seen, err := s.Stats(ctx)
		if err != nil || done(seen) {
			return seen, err
		}
		select {
		case <-ctx.Done():
			return seen, ctx.Err()
		case <-time.After(look):
		}
	}
}
