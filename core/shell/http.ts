/** What an HTTP request would do, by method and path. From RFC 9110 and the manuals of the APIs named below. */
import { judgeSql } from './sql.ts';
import { type Details, highest, unknown, type Verdict, verdict } from './verdict.ts';
import type { Arg } from './words.ts';

/** A request as the words of a command give it. */
export interface HttpRequest {
  readonly method: Arg;
  /** As written; with or without a scheme. */
  readonly url: string;
  /** What is sent, where it stands in the command. */
  readonly body?: string;
  /** `Name: value`, as written. */
  readonly headers?: readonly string[];
}

/** Judges one request. */
export function judgeHttp(request: HttpRequest): Verdict {
  const targets = targetsOf(request.url);
  if (request.method.dynamic) return unknown('the HTTP method is a variable', { targets, network: true });
  const method = override(request) ?? request.method.value.toUpperCase();
  const path = pathOf(request.url);
  const found = judgeMethod(method, path, request);
  const details: Details = found.risk === 'read-only' ? {} : { ...undoOf(method, request.url, path) };
  return {
    ...found,
    ...(details.captureFirst ? { captureFirst: details.captureFirst } : {}),
    ...(details.inverse ? { inverse: details.inverse } : {}),
    targets: [...targets, ...(details.targets ?? [])],
    network: true,
    readsSecrets: found.readsSecrets || (method !== 'HEAD' && showsSecret(method, path, request)),
  };
}

function judgeMethod(method: string, path: string, request: HttpRequest): Verdict {
  switch (method) {
    case 'GET':
    case 'HEAD':
    case 'OPTIONS':
    case 'TRACE':
    case 'PROPFIND':
    case 'REPORT':
    case 'SEARCH':
    case 'QUERY':
    case 'LIST':
      return ACTING_GET.test(path) && method !== 'OPTIONS'
        ? verdict('mutate', `HTTP ${method} on a path that acts (${last(path)})`)
        : verdict('read', `HTTP ${method} reads`);
    case 'DELETE':
      return verdict('destroy', 'HTTP DELETE destroys');
    case 'PURGE':
    case 'BAN':
      return verdict('mutate', `HTTP ${method} empties a cache`);
    case 'POST':
    case 'PUT':
    case 'PATCH':
    case 'MKCOL':
    case 'COPY':
    case 'MOVE':
    case 'LOCK':
    case 'UNLOCK':
    case 'PROPPATCH':
      break;
    default:
      return unknown(`the HTTP method ${method} is in no table`);
  }
  if (DESTROYING.test(path)) return verdict('destroy', `HTTP ${method} on ${last(path)} destroys or stops`);
  // Settings of Elasticsearch act on the whole index, or the whole cluster, at once.
  if (method === 'PUT' && /\/(_settings|_cluster\/settings)\/?$/.test(path))
    return verdict('destroy', `HTTP PUT on ${last(path)} changes how the cluster serves`, {
      scope: path.includes('_cluster') ? 'all' : 'many',
    });
  if (method !== 'POST') return verdict('mutate', `HTTP ${method} changes state`);
  if (SEARCHING.test(path)) return verdict('read', `HTTP POST to ${last(path)} only asks`);
  if (/\/graphql\/?$/.test(path)) return judgeGraphql(request.body);
  return sqlIn(request, path) ?? verdict('mutate', 'HTTP POST changes state');
}

/** Paths on which even GET acts. */
const ACTING_GET =
  /\/(restart|reload|shutdown|delete|purge|flush|_flush|_close|quitquitquit|-\/quit|-\/reload|reset|terminate|reboot|_shutdown|_forcemerge)\/?$/i;
/** Elasticsearch, Prometheus, Envoy, Vault, Consul, Docker and common admin endpoints that destroy or stop. */
const DESTROYING =
  /(\/_delete_by_query|\/_close|\/_nodes(\/[^/]+)?\/_shutdown|\/shutdown|\/-\/quit|\/quitquitquit|\/abortabortabort|\/healthcheck\/fail|\/drain_listeners|\/purge|\/flush|\/flushall|\/delete_series|\/clean_tombstones|\/(delete|destroy|terminate|drop|truncate|wipe|erase|purge|stop|kill|prune|poweroff|decommission|deactivate|uninstall|unregister|deregister|evict|eviction)|\/(delete|destroy|remove|batch-?delete|bulk-?delete)[-_/][\w%.-]+|[:_-](delete|batchDelete|destroy|purge|terminate)|\/reset|\/v1\/agent\/(leave|force-leave\/[^/]+)|\/(catalog|service|check)\/deregister(\/[^/]+)?|\/sys\/(seal|step-down|leases\/revoke[^?]*)|\/revoke(-[\w-]+)?|\/_ilm\/stop)\/?$/i;
/** POST that only asks: Elasticsearch, Prometheus, Loki, Grafana, Datadog, Kubernetes' reviews. */
const SEARCHING =
  /(\/_search|\/_search\/(scroll|template)|\/_msearch(\/template)?|\/_async_search|\/_count|\/_mget|\/_analyze|\/_validate\/query|\/_field_caps|\/_explain\/[^/]+|\/_termvectors|\/_mtermvectors|\/_rank_eval|\/_render\/template|\/_search_shards|\/_sql(\/translate)?|\/_query|\/_eql\/search|\/_index_template\/_simulate[^?]*|\/_ingest\/pipeline\/([^/]+\/)?_simulate|\/_cluster\/allocation\/explain|\/api\/v1\/(query|query_range|query_exemplars|format_query|series|labels|label\/[^/]+\/values)|\/loki\/api\/v1\/(query|query_range|series|labels|index\/\w+)|\/api\/ds\/query|\/(logs|spans|rum)\/(events|analytics)\/(search|aggregate)|\/logs-queries\/list|\/(self)?subject(access|rules)reviews|\/tokenreviews)\/?$/;

/** A proxy may be told to take one method for another. */
function override(request: HttpRequest): string | undefined {
  for (const header of request.headers ?? []) {
    const method = /^X-HTTP-Method(?:-Override)?\s*:\s*(\w+)/i.exec(header)?.[1];
    if (method) return method.toUpperCase();
  }
  return undefined;
}

function judgeGraphql(body: string | undefined): Verdict {
  const text = /"query"\s*:\s*"((?:[^"\\]|\\.)*)/.exec(body ?? '')?.[1] ?? body ?? '';
  if (/^\s*(?:\\n|\s)*mutation\b/.test(text) || /[}\s]mutation\b/.test(text))
    return verdict('destroy', 'a GraphQL mutation changes or destroys what it names');
  if (body === undefined || /^@|\$\(|^\$|\bsubscription\b/.test(body))
    return verdict('mutate', 'HTTP POST of a GraphQL document that is not in the command');
  return /"query"\s*:\s*"\s*(?:\\n|\s)*(query\b|\{)/.test(body)
    ? verdict('read', 'a GraphQL query reads')
    : verdict('mutate', 'HTTP POST changes state');
}

/** ClickHouse takes SQL as the body, InfluxDB 1 in the parameter `q`. */
function sqlIn(request: HttpRequest, path: string): Verdict | undefined {
  const { body, url } = request;
  if (body === undefined || /^[@$]/.test(body)) return undefined;
  if (/^(?:https?:\/\/)?[^/?#]*:8123(?:[/?]|$)/i.test(url) && /^\/?$/.test(path)) return judgeSql(body);
  const query = /\/query\/?$/.test(path) ? /(?:^|&)q=(.+)$/s.exec(body)?.[1] : undefined;
  return query === undefined ? undefined : highest(judgeSql(query.replace(/\+/g, ' ')), verdict('read', ''));
}

/** Instance metadata, Vault, Kubernetes' secrets, endpoints that hand out tokens. */
const SECRET_PATHS =
  /^\/latest\/(meta-data\/iam\/security-credentials\/[^/]+|api\/token|user-data)|\/computeMetadata\/v1\/instance\/(service-accounts\/[^/]+\/(token|identity)|attributes\/(kube-env|ssh-keys))|\/metadata\/identity\/oauth2\/token|\/v1\/(secret|kv|cubbyhole)\/|\/v1\/[\w./-]+\/(data|creds|static-creds|sts)\/[^/]|\/v1\/auth\/[\w/-]+\/(login|create)|\/v1\/auth\/token\/(create|renew-self|lookup-self)|\/v1\/sys\/(wrapping\/unwrap|init|generate-root)|\/v1\/transit\/(decrypt|export)|\/api\/v1\/(namespaces\/[^/]+\/)?secrets(\/|$)|\/serviceaccounts\/[^/]+\/token$|\/actuator\/(env|configprops|heapdump)|\/v1\/secrets?\/|\/latest\/credentials|\/v2\/credentials\//;
const TOKEN_ENDPOINT =
  /\/(oauth2?|connect|openid-connect|oidc)(\/[\w.-]+)*\/(access_)?token\/?$|\/(access-?tokens|api-?keys|session\/token|token|tokens)\/?$|\/oauth\/authorize$/i;

function showsSecret(method: string, path: string, request: HttpRequest): boolean {
  if (SECRET_PATHS.test(path) && !/^\/latest\/api\/token/.test(path))
    return method !== 'DELETE' && method !== 'OPTIONS';
  if (/^\/latest\/api\/token/.test(path)) return method === 'PUT';
  // A variable may hold the address of Vault.
  if (/VAULT_ADDR\}?\/v1\/(?!sys\/(health|seal-status|leader|metrics))/.test(request.url))
    return method === 'GET' || method === 'LIST';
  return method === 'POST' && TOKEN_ENDPOINT.test(path);
}

/** What it acts on; a GET of the same address first, to put back what was there. */
function undoOf(method: string, url: string, path: string): Details {
  const name = path.replace(/^\/+|\/+$/g, '');
  const plainName = name !== '' && !/[$`{}<>*,]/.test(path);
  const targets = plainName && /^(DELETE|PUT|PATCH)$/.test(method) ? [{ kind: 'resource', value: name }] : [];
  const address = /[$`@]/.test(url) ? 'the same address' : url.split(/[?#]/, 1)[0];
  if (method === 'DELETE' || method === 'PUT' || method === 'PATCH')
    return {
      targets,
      captureFirst: `curl -s ${address} > before.json`,
      inverse:
        method === 'DELETE'
          ? 'create it again from what was there, if the API allows'
          : 'PUT back what was there',
    };
  if (/\/_close\/?$/.test(path)) return { inverse: 'POST to _open' };
  if (/\/healthcheck\/fail\/?$/.test(path)) return { inverse: 'POST to /healthcheck/ok' };
  return { targets };
}

function pathOf(url: string): string {
  const withoutQuery = url.split(/[?#]/, 1)[0] ?? '';
  if (/^[a-z]+:\/\//i.test(withoutQuery)) return withoutQuery.replace(/^[a-z]+:\/\/[^/]*/i, '');
  // Without a scheme the first part is the host.
  const slash = withoutQuery.indexOf('/');
  return slash < 0 ? '' : withoutQuery.slice(slash);
}

function last(path: string): string {
  return `/${path.split('/').filter(Boolean).at(-1) ?? ''}`;
}

function targetsOf(url: string): { kind: string; value: string }[] {
  const host = /^(?:[a-z]+:\/\/)?(?:[^/@\s]*@)?([^/?#\s]+)/i.exec(url)?.[1];
  return host ? [{ kind: 'host', value: host }] : [];
}
