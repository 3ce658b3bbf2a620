/** Web servers and proxies: nginx, Apache, HAProxy, Caddy, Traefik, Envoy, Varnish. */
import { unknown, verdict } from '../verdict.ts';
import { flagValue, hasFlag } from '../words.ts';
import { DEBIAN, DEBIAN_PAGES, names } from './common.ts';
import { destroy, each, local, mutate, opensSession, read, stream, type Tool, terminal } from './table.ts';

export const webServers: readonly Tool[] = [
  {
    names: 'nginx openresty angie',
    source: DEBIAN,
    values: '-c -g -p -e',
    switches: '-t -T -v -V -q -h',
    bare: mutate({
      why: 'starts the server',
      inverse: 'nginx -s quit',
      values: '-s',
      decide: (call) => {
        const signal = flagValue(call.parsed, '-s');
        if (signal?.dynamic) return unknown('the signal for nginx is a variable');
        if (signal && /^(stop|quit)$/.test(signal.value))
          return verdict('destroy', `nginx -s ${signal.value} takes the server out of service`, {
            inverse: 'nginx, or systemctl start nginx',
          });
        if (signal)
          return verdict('mutate', `nginx -s ${signal.value} changes the running server`, {
            preview: 'nginx -t',
            ...(signal.value === 'reload'
              ? {
                  captureFirst: 'nginx -T, into a file',
                  inverse: 'the configuration from before, and nginx -s reload',
                }
              : {}),
          });
        if (hasFlag(call.parsed, '-t -T -v -V -h'))
          return verdict('read', 'nginx -t checks its configuration');
        return /daemon off/.test(flagValue(call.parsed, '-g')?.value ?? '') ? stream : undefined;
      },
    }),
  },
  {
    names: 'apachectl apache2ctl httpd apache2',
    source: DEBIAN,
    values: '-f -D -d -e -E -C -c',
    switches: '-t -S -M -v -V -l -L -X',
    commands: {
      ...each(read(), 'configtest, status, fullstatus'),
      ...each(mutate({ preview: 'apachectl configtest' }), 'start, restart, graceful'),
      ...each(
        destroy({ why: 'takes the server out of service', inverse: 'apachectl start' }),
        'stop, graceful-stop',
      ),
    },
    bare: mutate({
      why: 'starts the server',
      values: '-k',
      decide: (call) => {
        const word = flagValue(call.parsed, '-k')?.value ?? '';
        if (/^(stop|graceful-stop)$/.test(word))
          return { effect: 'destroy', why: 'takes the server out of service', inverse: 'apachectl start' };
        if (word !== '')
          return {
            why: `${call.name} -k ${word} changes the running server`,
            preview: 'apachectl configtest',
          };
        return hasFlag(call.parsed, '-t -S -M -v -V -l -L')
          ? verdict('read', `${call.name} -t checks its configuration`)
          : hasFlag(call.parsed, '-X')
            ? stream
            : undefined;
      },
    }),
  },
  {
    names: 'a2ensite a2enmod a2enconf',
    source: DEBIAN,
    bare: mutate({ resources: names, inverse: 'a2dissite, a2dismod or a2disconf with the same name' }),
  },
  {
    names: 'a2dissite a2dismod a2disconf',
    source: DEBIAN,
    bare: destroy({ resources: names, inverse: 'a2ensite, a2enmod or a2enconf with the same name' }),
  },
  { names: 'a2query', source: DEBIAN, bare: read() },
  {
    names: 'haproxy',
    source: DEBIAN,
    values: '-f -p -n -N -L -S -C -x -m -sf -st',
    switches: '-c -D -d -v -vv -q -V -W -Ws -db',
    style: 'long',
    bare: mutate({
      why: 'starts the proxy',
      decide: (call) =>
        hasFlag(call.parsed, '-c -v -vv')
          ? verdict('read', 'haproxy -c checks its configuration')
          : hasFlag(call.parsed, '-D')
            ? undefined
            : stream,
    }),
  },
  {
    names: 'caddy',
    source: 'from documentation: Caddy 2',
    values:
      '--config -c --adapter -a --address --envfile --from --to --root --listen --pidfile -p --plaintext',
    commands: {
      ...each(read(), 'validate, adapt, environ, list-modules, version, build-info, help'),
      'hash-password': read({
        decide: (call) => (hasFlag(call.parsed, '--plaintext -p') ? undefined : terminal),
      }),
      fmt: read({ when: { '--overwrite -w': { effect: 'local-write' } } }),
      ...each(mutate({ mode: 'stream' }), 'run, file-server, reverse-proxy, respond'),
      ...each(mutate(), 'start, trust'),
      reload: mutate({
        preview: 'caddy validate',
        inverse: 'the configuration from before, and caddy reload',
      }),
      ...each(destroy({ inverse: 'caddy start' }), 'stop'),
      untrust: destroy({ inverse: 'caddy trust' }),
      ...each(local(), 'upgrade, add-package, remove-package, storage export'),
    },
  },
  {
    names: 'traefik envoy squid varnishd lighttpd',
    source: 'help text or man page (Debian 12), and documentation',
    values: '-c --config --config-path --configfile -f -k --mode',
    switches: '-t -v',
    bare: mutate({
      why: 'starts a server',
      mode: 'stream',
      decide: (call) => {
        if (
          call.name === 'squid' &&
          /^(shutdown|kill|interrupt)$/.test(flagValue(call.parsed, '-k')?.value ?? '')
        )
          return {
            effect: 'destroy',
            mode: 'capture',
            why: 'takes the proxy out of service',
            inverse: 'squid',
          };
        if (call.name === 'squid' && flagValue(call.parsed, '-k'))
          return /^(parse|check)$/.test(flagValue(call.parsed, '-k')?.value ?? '')
            ? verdict('read', 'squid -k parse checks its configuration')
            : { mode: 'capture' };
        return /^(version|healthcheck)$/.test(call.args[0]?.value ?? '') ||
          (call.name === 'lighttpd' && hasFlag(call.parsed, '-t -tt -v -V -p')) ||
          (call.name === 'varnishd' && hasFlag(call.parsed, '-C -V')) ||
          hasFlag(call.parsed, '--version') ||
          flagValue(call.parsed, '--mode')?.value === 'validate'
          ? verdict('read', `${call.name} checks`)
          : undefined;
      },
    }),
  },
  {
    names: 'varnishadm',
    source: DEBIAN,
    values: '-T -S -t -n',
    targets: { host: '-T' },
    bare: opensSession('varnishadm opens a prompt'),
    commands: {
      ...each(
        read(),
        'status, ping, banner, vcl.list, vcl.show, ban.list, param.show, backend.list, storage.list, help, panic.show',
      ),
      ...each(
        mutate(),
        'vcl.load, vcl.use, vcl.inline, param.set, start, ban, backend.set_health, vcl.state, vcl.label',
      ),
      stop: destroy({ why: 'varnishadm stop takes the cache out of service', inverse: 'varnishadm start' }),
      ...each(destroy({ resources: 'first' }), 'vcl.discard, panic.clear'),
    },
  },
  {
    names: 'varnishlog varnishncsa varnishhist varnishtop',
    source: DEBIAN,
    values: '-q -g -i -n',
    bare: read({
      decide: (call) =>
        hasFlag(call.parsed, '-d') ? undefined : /hist|top/.test(call.name) ? terminal : stream,
    }),
  },
  {
    names: 'varnishstat',
    source: DEBIAN,
    values: '-f -n',
    bare: read({ decide: (call) => (hasFlag(call.parsed, '-1 -x -j') ? undefined : terminal) }),
  },
  {
    names: 'php-fpm uwsgi',
    source: 'from documentation',
    values: '-c -y -p',
    bare: mutate({
      why: 'starts a server',
      decide: (call) =>
        hasFlag(call.parsed, '-t --test -v -i -m')
          ? verdict('read', 'checks its configuration')
          : call.args.some((arg) => arg.value === '--stop')
            ? { effect: 'destroy' }
            : call.args.some((arg) => arg.value === '--reload')
              ? undefined
              : hasFlag(call.parsed, '-D --daemonize')
                ? undefined
                : stream,
    }),
  },
  {
    names: 'squidclient varnishreload',
    source: DEBIAN,
    values: '-h -p -m -H -r -t',
    network: true,
    bare: read({
      decide: (call) =>
        call.name === 'varnishreload'
          ? { effect: 'mutate' }
          : /^(purge|delete)$/i.test(flagValue(call.parsed, '-m')?.value ?? '')
            ? { effect: 'destroy', why: 'throws pages out of the cache' }
            : flagValue(call.parsed, '-m')
              ? { effect: 'mutate' }
              : undefined,
    }),
  },
  {
    names: 'htpasswd htdigest',
    source: DEBIAN_PAGES,
    values: '-C',
    bare: local({
      resources: 'first',
      decide: (call) =>
        hasFlag(call.parsed, '-n')
          ? verdict('read', 'htpasswd -n prints', hasFlag(call.parsed, '-b -i') ? {} : terminal)
          : hasFlag(call.parsed, '-D')
            ? { effect: 'destroy', why: 'htpasswd -D removes a user' }
            : hasFlag(call.parsed, '-v')
              ? verdict(
                  'read',
                  'htpasswd -v checks a password',
                  hasFlag(call.parsed, '-b -i') ? {} : terminal,
                )
              : hasFlag(call.parsed, '-b -i')
                ? undefined
                : terminal,
    }),
  },
];
