// kadnet hosts many go DHT servers in one process, as a network for clients of any
// implementation; ../../../README.md has what it answers.
package main

import (
	"context"
	"flag"
	"log"
	"sync"
	"time"

	"kadenza/interop/internal/bench"

	"github.com/libp2p/go-libp2p/core/peer"
)

type request struct {
	Verb     string   `json:"verb"`
	Addrs    []string `json:"addrs"`
	Seed     int64    `json:"seed"`
	Count    int      `json:"count"`
	Step     int      `json:"step"`
	Provider string   `json:"provider"`
	Keys     []string `json:"keys"`
}

// swarm is what the servers have in common.
type swarm struct {
	servers []*server
	counts  counts
}

func main() {
	count := flag.Int("servers", 50, "how many")
	filled := flag.Bool("filled", false, "give each the table that it would have after a long time")
	sink := flag.Bool("sink", false, "keep of provider records only that there is one")
	prefix := flag.String("prefix", bench.Prefix, "of the protocol id")
	rtt := flag.Duration("rtt", 0, "delay what they send by that much")
	flag.Parse()
	n := &swarm{}
	for range *count {
		s, err := startServer(&n.counts, *prefix, *sink, *rtt)
		if err != nil {
			log.Fatal(err)
		}
		n.servers = append(n.servers, s)
	}
	if *filled {
		n.fillTables()
	}
	ids, addrs := []peer.ID{}, []string{}
	for _, s := range n.servers {
		ids = append(ids, s.host.ID())
		addrs = append(addrs, s.addr())
	}
	bench.Serve(bench.Fields{"event": "ready", "impl": "go", "ids": ids, "addrs": addrs}, n.answer)
}

func (n *swarm) answer(r request) (any, error) {
	switch r.Verb {
	case "join":
		return n.join(r.Addrs)
	case "counts":
		return n.counts.fields(), nil
	case "clear":
		for _, s := range n.servers {
			s.sink.clear()
		}
		n.counts.clear()
		return bench.Fields{}, nil
	case "providers":
		return n.providers(r)
	case "held":
		return n.held(r.Keys)
	}
	return bench.Fields{"error": "unknown verb " + r.Verb}, nil
}

// join has every server ask the seeds and look around, a few at a time.
func (n *swarm) join(seeds []string) (any, error) {
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Minute)
	defer cancel()
	var group sync.WaitGroup
	turns := make(chan struct{}, 4)
	for _, s := range n.servers {
		turns <- struct{}{}
		group.Go(func() {
			s.join(ctx, seeds)
			<-turns
		})
	}
	group.Wait()
	tables := []int{}
	for _, s := range n.servers {
		tables = append(tables, s.dht.RoutingTable().Size())
	}
	return bench.Fields{"tables": tables}, ctx.Err()
}
