package main

import (
	"context"

	"github.com/ipfs/go-cid"
	"github.com/libp2p/go-libp2p-kad-dht/pb"
	"github.com/libp2p/go-libp2p-kad-dht/records"
	"github.com/libp2p/go-libp2p/core/network"
)

// serves counts the requests of each stream.
func (n *node) serves(_ context.Context, s network.Stream, _ *dht_pb.Message) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.served[s.ID()]++
}

func (n *node) streams() fields {
	n.mu.Lock()
	defer n.mu.Unlock()
	requests := 0
	for _, count := range n.served {
		requests += count
	}
	return fields{"served": fields{"requests": requests, "streams": len(n.served)}}
}

// held looks into this peer's own stores and asks nobody.
func (n *node) held(ctx context.Context, r request) (fields, error) {
	record, err := records.NewValueStore(n.values, nil, 0).Get(ctx, r.Key)
	if err != nil {
		return nil, err
	}
	c, err := cid.Decode(r.Cid)
	if err != nil {
		return nil, err
	}
	infos, err := n.dht.ProviderStore().GetProviders(ctx, c.Hash())
	providers := []string{}
	for _, info := range infos {
		providers = append(providers, info.ID.String())
	}
	return fields{"value": string(record.GetValue()), "providers": providers}, err
}
