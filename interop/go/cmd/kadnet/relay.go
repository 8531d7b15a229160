package main

import (
	"io"
	"net"
	"time"

	"github.com/libp2p/go-libp2p/core/host"
	ma "github.com/multiformats/go-multiaddr"
	manet "github.com/multiformats/go-multiaddr/net"
)

// relay stands before a server and is what others know of it. It passes on at once what
// the server is sent, and late what it answers; the first bytes are late twice, for the
// handshake of TCP.
type relay struct {
	delay    time.Duration
	listener net.Listener
}

type late struct {
	due  time.Time
	data []byte
}

func newRelay(delay time.Duration) (*relay, error) {
	listener, err := net.Listen("tcp4", "127.0.0.1:0")
	return &relay{delay, listener}, err
}

// instead gives the relay's address for the server's.
func (r *relay) instead([]ma.Multiaddr) []ma.Multiaddr {
	addr, err := manet.FromNetAddr(r.listener.Addr())
	if err != nil {
		return nil
	}
	return []ma.Multiaddr{addr}
}

func (r *relay) start(h host.Host) error {
	server, err := manet.ToNetAddr(h.Network().ListenAddresses()[0])
	if err != nil {
		return err
	}
	go func() {
		for {
			client, err := r.listener.Accept()
			if err != nil {
				return
			}
			go r.serve(client.(*net.TCPConn), server.String())
		}
	}()
	return nil
}

func (r *relay) serve(client *net.TCPConn, server string) {
	defer client.Close()
	dialled, err := net.Dial("tcp4", server)
	if err != nil {
		return
	}
	upstream := dialled.(*net.TCPConn)
	defer upstream.Close()
	go func() {
		io.Copy(upstream, client)
		upstream.CloseWrite()
	}()
	underway := make(chan late, 1024)
	go func() {
		defer close(underway)
		delay := 2 * r.delay
		for {
			buffer := make([]byte, 4096)
			n, err := upstream.Read(buffer)
			if n > 0 {
				underway <- late{time.Now().Add(delay), buffer[:n]}
				delay = r.delay
			}
			if err != nil {
				return
			}
		}
	}()
	for next := range underway {
		time.Sleep(time.Until(next.due))
		if _, err := client.Write(next.data); err != nil {
			return
		}
	}
}
