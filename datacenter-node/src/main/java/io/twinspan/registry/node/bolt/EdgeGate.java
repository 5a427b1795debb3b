package io.twinspan.registry.node.bolt;

import com.alipay.remoting.ResponseStatus;
import com.alipay.remoting.exception.DeserializationException;
import com.alipay.remoting.rpc.HeartbeatAckCommand;
import com.alipay.remoting.rpc.HeartbeatCommand;
import com.alipay.remoting.rpc.protocol.RpcRequestCommand;
import com.alipay.remoting.rpc.protocol.RpcResponseCommand;
import com.alipay.remoting.serialization.SerializerManager;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Stands behind Bolt's decoder, before anything reads a content: lets through heartbeats, the four requests of a client and its
 * answers to pushes, each only when its bytes may be decoded, and closes the connection of everything else.
 */
final class EdgeGate extends ChannelInboundHandlerAdapter {
    private static final byte[] NOTHING = new byte[0];

    private final HessianBounds bounds;
    private final ListedHessianSerializer reader;
    private final BiConsumer<String, HessianRefusal> refused;
    private boolean isShut;

    /** @param refused told of the remote address and of what was wrong, once a connection */
    EdgeGate(HessianBounds bounds, ListedHessianSerializer reader, BiConsumer<String, HessianRefusal> refused) {
        this.bounds = bounds;
        this.reader = reader;
        this.refused = refused;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (isShut) {
            return;
        }
        Optional<HessianRefusal> wrong = Optional.empty();
        List<?> all = message instanceof List<?> batch ? batch : List.of(message);
        for (int i = 0; i < all.size() && wrong.isEmpty(); i++) {
            wrong = refusal(all.get(i));
        }
        if (wrong.isEmpty()) {
            context.fireChannelRead(message);
            return;
        }
        isShut = true;
        refused.accept(EdgeConnection.remoteAddress(context.channel()), wrong.get());
        context.close();
    }

    private Optional<HessianRefusal> refusal(Object command) {
        if (command instanceof HeartbeatCommand || command instanceof HeartbeatAckCommand) {
            return Optional.empty();
        }
        if (command instanceof RpcResponseCommand answer) {
            if (answer.getResponseStatus() != ResponseStatus.SUCCESS) {
                // Bolt would decode the exception that a client sends; that it failed is all we need.
                answer.setContent(NOTHING);
                return Optional.empty();
            }
            return content(answer.getSerializer(), answer.getContent(), answer::setResponseObject);
        }
        if (command instanceof RpcRequestCommand request) {
            byte[] name = request.getClazz() == null ? NOTHING : request.getClazz();
            String className = new String(name, StandardCharsets.ISO_8859_1);
            return ClientClasses.REQUESTS.contains(className)
                    ? content(request.getSerializer(), request.getContent(), request::setRequestObject)
                    : Optional.of(new HessianRefusal(true, "request of class " + printable(className)));
        }
        return Optional.of(new HessianRefusal(false, "a command that no client sends"));
    }

    // What has passed is decoded here and now, or Bolt would have the bytes walked a second time. What cannot be
    // decoded is
    // left to Bolt, which tries again and answers that it cannot.
    private Optional<HessianRefusal> content(
            byte serializer, byte @org.jspecify.annotations.Nullable [] content, Consumer<Object> decoded) {
        if (serializer != SerializerManager.Hessian2) {
            return Optional.of(new HessianRefusal(false, "encoded as " + serializer + ", which is not Hessian"));
        }
        byte[] bytes = content == null ? NOTHING : content;
        Optional<HessianRefusal> refusal = bounds.refusal(bytes);
        if (refusal.isEmpty()) {
            try {
                decoded.accept(reader.deserializeChecked(bytes));
            } catch (DeserializationException malformed) {
                return refusal;
            }
        }
        return refusal;
    }

    /** A name that may stand in a log: nothing but plain characters, and not many. */
    private static String printable(String name) {
        String plain = name.replaceAll("[^A-Za-z0-9_.$\\[;-]", "?");
        return plain.length() <= 100 ? plain : plain.substring(0, 100) + "…";
    }
}
