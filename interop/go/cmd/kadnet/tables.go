package main

import (
	"math/rand/v2"
	"slices"

	"github.com/libp2p/go-libp2p/core/peer"
	"github.com/libp2p/go-libp2p/core/peerstore"
)

// fillTables offers every server to every other, in random order, without a connection:
// each keeps what its buckets have room for, as after a long time in this network.
func (n *swarm) fillTables() {
	order := slices.Clone(n.servers)
	byID := map[peer.ID]*server{}
	for _, s := range n.servers {
		byID[s.host.ID()] = s
	}
	random := rand.New(rand.NewPCG(1, 2))
	for _, s := range n.servers {
		random.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		for _, other := range order {
			if other != s {
				// A full bucket refuses: that is no error here.
				_, _ = s.dht.RoutingTable().TryAddPeer(other.host.ID(), true, false)
			}
		}
		for _, id := range s.dht.RoutingTable().ListPeers() {
			s.host.Peerstore().AddAddrs(id, byID[id].host.Addrs(), peerstore.PermanentAddrTTL)
		}
	}
}
