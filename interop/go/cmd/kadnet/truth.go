package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"slices"

	"kadenza/interop/internal/bench"

	"github.com/libp2p/go-libp2p/core/peer"
)

const replicas = 20

// closest are all servers, those closest to the key first: who knows all need not ask.
func (n *swarm) closest(key []byte) []*server {
	target := sha256.Sum256(key)
	distance := func(s *server) []byte {
		hash := sha256.Sum256([]byte(s.host.ID()))
		for i := range hash {
			hash[i] ^= target[i]
		}
		return hash[:]
	}
	type ranked struct {
		server   *server
		distance []byte
	}
	all := make([]ranked, len(n.servers))
	for i, s := range n.servers {
		all[i] = ranked{s, distance(s)}
	}
	slices.SortFunc(all, func(a, b ranked) int { return bytes.Compare(a.distance, b.distance) })
	sorted := make([]*server, len(all))
	for i, one := range all {
		sorted[i] = one.server
	}
	return sorted
}

// providers looks at every Step-th of Count contents, how many of the 20 servers closest
// to it hold the provider's record.
func (n *swarm) providers(r request) (any, error) {
	provider, err := peer.Decode(r.Provider)
	if err != nil {
		return nil, err
	}
	looked, held, worst := 0, 0, replicas
	for i := 0; i < r.Count; i += max(1, r.Step) {
		key := bench.Content(r.Seed, i)
		holders := 0
		for _, s := range n.closest(key)[:min(replicas, len(n.servers))] {
			if s.sink.holds(key, provider) {
				holders++
			}
		}
		looked++
		held += holders
		worst = min(worst, holders)
	}
	return bench.Fields{"looked": looked, "held": held, "worst": worst}, nil
}

// held tells for each key which servers hold a value under it.
func (n *swarm) held(keys []string) (any, error) {
	holders := [][]peer.ID{}
	for _, text := range keys {
		key, err := hex.DecodeString(text)
		if err != nil {
			return nil, err
		}
		ids := []peer.ID{}
		for _, s := range n.servers {
			has, err := s.holds(context.Background(), string(key))
			if err != nil {
				return nil, err
			}
			if has {
				ids = append(ids, s.host.ID())
			}
		}
		holders = append(holders, ids)
	}
	return bench.Fields{"held": holders}, nil
}
