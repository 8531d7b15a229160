// kadclient is go's side of the network benchmark: DHT clients that do what they are told;
// ../../../README.md has what it answers.
package main

import (
	"context"
	"encoding/hex"
	"sync"
	"time"

	"kadenza/interop/internal/bench"
)

const limit = 30 * time.Minute

type request struct {
	Verb  string   `json:"verb"`
	Addrs []string `json:"addrs"`
	Nodes int      `json:"nodes"`
	Keys  []string `json:"keys"`
	Bytes int      `json:"bytes"`
	Shift int      `json:"shift"`
	Seed  int64    `json:"seed"`
	Count int      `json:"count"`
}

// result is what came of one operation.
type result struct {
	Nanos int64    `json:"nanos"`
	Peers []string `json:"peers,omitempty"`
	Good  bool     `json:"good"`
}

// crowd are the nodes of this process.
type crowd struct {
	nodes []*node
}

func main() {
	c := &crowd{}
	bench.Serve(bench.Fields{"event": "ready", "impl": "go"}, c.answer)
}

func (c *crowd) answer(r request) (any, error) {
	ctx, cancel := context.WithTimeout(context.Background(), limit)
	defer cancel()
	switch r.Verb {
	case "join":
		return c.join(ctx, r)
	case "closest":
		return c.each(r, func(n *node, key string) result { return n.closest(ctx, key) })
	case "closest-fresh":
		return fresh(r, func(n *node, addr, key string) (result, error) {
			if err := n.meet(ctx, addr); err != nil {
				return result{}, err
			}
			return n.closest(ctx, key), nil
		})
	case "ask-fresh":
		return fresh(r, func(n *node, addr, key string) (result, error) { return n.ask(ctx, addr, key) })
	case "put":
		return c.each(r, func(n *node, key string) result { return n.put(ctx, key, r.Bytes) })
	case "get":
		return c.each(r, func(n *node, key string) result { return n.get(ctx, key, r.Bytes) })
	case "sweep":
		return sweep(ctx, c.nodes[0], r)
	}
	return bench.Fields{"error": "unknown verb " + r.Verb}, nil
}

// join starts as many nodes as are wanted, in place of those there were.
func (c *crowd) join(ctx context.Context, r request) (any, error) {
	for _, n := range c.nodes {
		n.close()
	}
	c.nodes = nil
	tables := []int{}
	for range r.Nodes {
		n, err := startNode()
		if err != nil {
			return nil, err
		}
		c.nodes = append(c.nodes, n)
		if err := n.join(ctx, r.Addrs); err != nil {
			return nil, err
		}
		tables = append(tables, n.dht.RoutingTable().Size())
	}
	return bench.Fields{"tables": tables}, nil
}

// each has every node work on its share of the keys, one after the other, all at once.
func (c *crowd) each(r request, do func(*node, string) result) (any, error) {
	keys, err := decode(r.Keys)
	if err != nil {
		return nil, err
	}
	results := make([]result, len(keys))
	var group sync.WaitGroup
	for first := range c.nodes {
		group.Go(func() {
			n := c.nodes[(first+r.Shift)%len(c.nodes)]
			for i := first; i < len(keys); i += len(c.nodes) {
				results[i] = do(n, keys[i])
			}
		})
	}
	group.Wait()
	return bench.Fields{"results": results}, nil
}

// fresh works on each key with a node of its own, which is told of one server.
func fresh(r request, do func(n *node, addr, key string) (result, error)) (any, error) {
	keys, err := decode(r.Keys)
	if err != nil {
		return nil, err
	}
	results := []result{}
	for i, key := range keys {
		n, err := startNode()
		if err != nil {
			return nil, err
		}
		one, err := do(n, r.Addrs[i%len(r.Addrs)], key)
		n.close()
		if err != nil {
			return nil, err
		}
		results = append(results, one)
	}
	return bench.Fields{"results": results}, nil
}

func decode(texts []string) ([]string, error) {
	keys := []string{}
	for _, text := range texts {
		key, err := hex.DecodeString(text)
		if err != nil {
			return nil, err
		}
		keys = append(keys, string(key))
	}
	return keys, nil
}
