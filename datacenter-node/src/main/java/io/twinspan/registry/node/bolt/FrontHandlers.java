package io.twinspan.registry.node.bolt;

import com.alipay.remoting.ExtendedNettyChannelHandler;
import io.netty.channel.ChannelHandler;
import java.util.List;
import java.util.function.Supplier;

/** Puts handlers of ours before those of Bolt, new ones for each connection. */
record FrontHandlers(Supplier<List<ChannelHandler>> make) implements ExtendedNettyChannelHandler {
    @Override
    public List<ChannelHandler> frontChannelHandlers() {
        return make.get();
    }

    @Override
    public List<ChannelHandler> backChannelHandlers() {
        return List.of();
    }
}
