package io.twinspan.registry.node.bolt;

import com.alipay.remoting.CustomSerializer;
import com.alipay.remoting.InvokeContext;
import com.alipay.remoting.rpc.RequestCommand;
import com.alipay.remoting.rpc.ResponseCommand;
import com.alipay.remoting.rpc.protocol.RpcRequestCommand;
import com.alipay.remoting.rpc.protocol.RpcResponseCommand;
import org.jspecify.annotations.Nullable;

/** What travels between nodes in one Bolt frame: an encoded envelope, which Bolt carries as it is. */
final class PeerFrame {
    private static final byte[] NOTHING = new byte[0];

    private final byte[] bytes;

    PeerFrame(byte[] bytes) {
        this.bytes = bytes;
    }

    /** The bytes themselves, not a copy; nobody writes to them. */
    byte[] bytes() {
        return bytes;
    }

    private static byte[] orNothing(byte @Nullable [] content) {
        return content == null ? NOTHING : content;
    }

    /** Copies the bytes into the frame and out of it. It never fails: a failure inside Bolt would leave its caller waiting. */
    static final class Raw implements CustomSerializer {
        @Override
        public <T extends RequestCommand> boolean serializeHeader(T request, InvokeContext context) {
            return false;
        }

        @Override
        public <T extends ResponseCommand> boolean serializeHeader(T response) {
            return false;
        }

        @Override
        public <T extends RequestCommand> boolean deserializeHeader(T request) {
            return false;
        }

        @Override
        public <T extends ResponseCommand> boolean deserializeHeader(T response, InvokeContext context) {
            return false;
        }

        @Override
        public <T extends RequestCommand> boolean serializeContent(T request, InvokeContext context) {
            PeerFrame frame = (PeerFrame) ((RpcRequestCommand) (RequestCommand) request).getRequestObject();
            request.setContent(frame.bytes());
            return true;
        }

        @Override
        public <T extends ResponseCommand> boolean serializeContent(T response) {
            PeerFrame frame = (PeerFrame) ((RpcResponseCommand) (ResponseCommand) response).getResponseObject();
            response.setContent(frame.bytes());
            return true;
        }

        @Override
        public <T extends RequestCommand> boolean deserializeContent(T request) {
            ((RpcRequestCommand) (RequestCommand) request)
                    .setRequestObject(new PeerFrame(orNothing(request.getContent())));
            return true;
        }

        @Override
        public <T extends ResponseCommand> boolean deserializeContent(T response, InvokeContext context) {
            ((RpcResponseCommand) (ResponseCommand) response)
                    .setResponseObject(new PeerFrame(orNothing(response.getContent())));
            return true;
        }
    }
}
