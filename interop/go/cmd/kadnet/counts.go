package main

import (
	"sync/atomic"

	"kadenza/interop/internal/bench"

	pb "github.com/libp2p/go-libp2p-kad-dht/pb"
)

// counts are the requests that all servers together were asked, by their type.
type counts struct {
	byType [8]atomic.Int64
}

func (c *counts) count(m *pb.Message) {
	if t := int(m.GetType()); t >= 0 && t < len(c.byType) {
		c.byType[t].Add(1)
	}
}

func (c *counts) fields() bench.Fields {
	all := bench.Fields{}
	for t := range c.byType {
		if name, known := pb.Message_MessageType_name[int32(t)]; known {
			all[name] = c.byType[t].Load()
		}
	}
	return all
}

func (c *counts) clear() {
	for t := range c.byType {
		c.byType[t].Store(0)
	}
}
