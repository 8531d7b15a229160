package io.kadenza.node.control;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Set;

/// A listening socket that finds no file descriptor for the first who want to come in.
final class StarvingChannel extends ServerSocketChannel {
  private final ServerSocketChannel server;
  private int failures;

  StarvingChannel(ServerSocketChannel server, int failures) {
    super(server.provider());
    this.server = server;
    this.failures = failures;
  }

  @Override
  public SocketChannel accept() throws IOException {
    if (failures > 0) {
      failures--;
      throw new IOException("Too many open files");
    }
    return server.accept();
  }

  @Override
  public ServerSocketChannel bind(SocketAddress local, int backlog) throws IOException {
    return server.bind(local, backlog);
  }

  @Override
  public <T> ServerSocketChannel setOption(SocketOption<T> name, T value) throws IOException {
    return server.setOption(name, value);
  }

  @Override
  public <T> T getOption(SocketOption<T> name) throws IOException {
    return server.getOption(name);
  }

  @Override
  public Set<SocketOption<?>> supportedOptions() {
    return server.supportedOptions();
  }

  @Override
  public ServerSocket socket() {
    return server.socket();
  }

  @Override
  public SocketAddress getLocalAddress() throws IOException {
    return server.getLocalAddress();
  }

  @Override
  protected void implCloseSelectableChannel() throws IOException {
    server.close();
  }

  @Override
  protected void implConfigureBlocking(boolean block) throws IOException {
    server.configureBlocking(block);
  }
}
