//! The way of a span out of the process: sampler, queue, batch, collector.

use std::sync::Arc;
use std::time::Duration;

use hyper_rustls::HttpsConnectorBuilder;
use opentelemetry::trace::TracerProvider;
use opentelemetry_http::hyper::HyperClient;
use opentelemetry_otlp::tonic_types::transport::ClientTlsConfig;
use opentelemetry_otlp::{
    ExporterBuildError, SpanExporter, WithExportConfig, WithHttpConfig, WithTonicConfig,
};
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::trace::{SdkTracer, SdkTracerProvider};
use tokio::runtime::{Builder, Runtime};
use tracing::Subscriber;
use tracing_opentelemetry::OpenTelemetryLayer;
use tracing_subscriber::registry::LookupSpan;

use crate::Error;
use crate::courier::Courier;
use crate::settings::{Protocol, Settings, Transport};

/// The longest one request to the collector may take, whatever its own time-out says.
const REQUEST_BOUND: Duration = Duration::from_secs(10);

/// Traces on their way: what has to be kept alive, and ended in this order.
#[derive(Debug)]
pub(crate) struct Export {
    pub(crate) provider: SdkTracerProvider,
    pub(crate) runtime: Runtime,
}

/// Starts the runtime and the queue through which spans leave.
///
/// # Errors
///
/// When the collector's address can't be used, or the machine gives no threads or trusted certificates.
pub(crate) fn start(settings: &Settings) -> Result<Export, Error> {
    // Its own runtime: requests never wait behind exports, and spans can still leave while the server's
    // runtime is being taken down.
    let runtime =
        Builder::new_multi_thread().worker_threads(1).thread_name("spotter-traces").enable_all().build()?;
    let exporter = {
        let _inside = runtime.enter();
        match settings.protocol {
            Protocol::Grpc => over_grpc(settings.transport),
            Protocol::HttpProtobuf => over_http(settings.transport)?,
        }
    }
    // The reason is left out: it would repeat the address, and an address may carry a password.
    .map_err(|_| Error::Variable {
        variable: settings.endpoint_variable,
        expected: "the http:// or https:// address of a collector",
    })?;

    let courier = Courier::new(Arc::new(exporter), runtime.handle().clone());
    let provider =
        SdkTracerProvider::builder().with_resource(resource(settings)).with_batch_exporter(courier).build();
    Ok(Export { provider, runtime })
}

fn over_grpc(transport: Transport) -> Result<SpanExporter, ExporterBuildError> {
    let exporter = SpanExporter::builder().with_tonic();
    match transport {
        Transport::Plain => exporter.build(),
        Transport::Tls => exporter.with_tls_config(ClientTlsConfig::new().with_enabled_roots()).build(),
    }
}

fn over_http(transport: Transport) -> std::io::Result<Result<SpanExporter, ExporterBuildError>> {
    let exporter =
        SpanExporter::builder().with_http().with_protocol(opentelemetry_otlp::Protocol::HttpBinary);
    let exporter = match transport {
        Transport::Plain => {
            exporter.with_http_client(HyperClient::with_default_connector(REQUEST_BOUND, None))
        }
        Transport::Tls => {
            let connector =
                HttpsConnectorBuilder::new().with_native_roots()?.https_only().enable_http1().build();
            exporter.with_http_client(HyperClient::new(connector, REQUEST_BOUND, None))
        }
    };
    Ok(exporter.build())
}

/// The layer that turns `tracing` spans into spans of this provider.
pub(crate) fn layer<S>(provider: &SdkTracerProvider) -> OpenTelemetryLayer<S, SdkTracer>
where
    S: Subscriber + for<'a> LookupSpan<'a>,
{
    // Thread numbers and source lines double the size of a span and answer nobody's question.
    tracing_opentelemetry::layer()
        .with_tracer(provider.tracer("spotter"))
        .with_threads(false)
        .with_location(false)
}

fn resource(settings: &Settings) -> Resource {
    let version = opentelemetry::KeyValue::new("service.version", env!("CARGO_PKG_VERSION"));
    let resource = Resource::builder().with_attribute(version);
    match &settings.service_name {
        Some(name) => resource.with_service_name(name.clone()).build(),
        None => resource.build(),
    }
}
