/** What a command of clusters and containers would act on, what is left open, and how to rehearse and undo it. */
import { describe, expect, test } from 'vitest';
import { explainCommand } from '../../../core/shell/index.ts';

const words = (command: string) =>
  explainCommand(command).targets.map((target) => `${target.kind}=${target.value}`);
const open = (command: string) => explainCommand(command).ambient.map((target) => target.kind);

describe('what a command acts on', () => {
  test.each([
    ['kubectl delete deployment checkout -n prod', ['resource=deployment/checkout', 'namespace=prod']],
    [
      'kubectl -nprod delete deploy/checkout svc/checkout',
      ['resource=deploy/checkout', 'resource=svc/checkout', 'namespace=prod'],
    ],
    ['kubectl delete deploy,svc checkout', ['resource=deploy/checkout', 'resource=svc/checkout']],
    ['kubectl delete pods --all -n qa', ['namespace=qa']],
    ['kubectl delete -f manifests/checkout.yaml', ['resource=manifests/checkout.yaml']],
    ['kubectl delete pod "$POD" -n qa', ['namespace=qa']],
    ['kubectl label node node-7 pool=batch zone-', ['resource=node/node-7']],
    ['kubectl set serviceaccount deploy checkout runner', ['resource=deploy/checkout']],
    ['kubectl drain node-7 --ignore-daemonsets', ['resource=node/node-7']],
    ['kubectl create secret generic db --from-env-file=db.env', ['resource=secret/db']],
    ['kubectl exec -n db db-0 -- rm -rf /var/tmp/dump', ['namespace=db', 'resource=/var/tmp/dump']],
    ['oc delete project sandbox', ['resource=project/sandbox']],
    ['helm uninstall checkout search -n qa', ['resource=checkout', 'resource=search', 'namespace=qa']],
    ['argocd app delete checkout --cascade', ['resource=checkout']],
    [
      'flux suspend kustomization apps -n flux-system',
      ['resource=kustomization/apps', 'namespace=flux-system'],
    ],
    ['docker --context prod rm -f checkout', ['resource=checkout', 'context=prod']],
    ['docker run -d -p 8080:80 -c 512 -h web --name web nginx', ['resource=web']],
    ['docker compose -f prod.yml -p shop rm -f worker', ['resource=worker', 'project=shop']],
    ['docker service scale checkout=3', ['resource=checkout']],
    ['docker volume rm $(docker volume ls -q)', []],
    ['podman -c build-1 rmi orders:1.8.2', ['resource=orders:1.8.2', 'connection=build-1']],
    [
      'ctr -n k8s.io images rm registry.example.com/orders:1',
      ['resource=registry.example.com/orders:1', 'namespace=k8s.io'],
    ],
    [
      'skopeo copy docker://a.example.com/x:1 docker://b.example.com/x:1',
      ['resource=docker://b.example.com/x:1'],
    ],
    ['virsh -c qemu+ssh://node-7/system destroy web-1', ['resource=web-1', 'host=qemu+ssh://node-7/system']],
  ])('%s', (command, targets) => {
    expect(words(command)).toEqual(targets);
  });
});

describe('what the words leave to whatever is current', () => {
  test.each([
    ['kubectl get pods', ['context', 'namespace']],
    ['kubectl get pods -A', ['context']],
    ['kubectl cordon node-7', ['context']],
    ['kubectl --context prod -n shop get pods', []],
    ['kubectl exec -n db db-0 -- psql -h localhost -c "SELECT 1"', ['context']],
    ['kubectl config get-contexts', []],
    ['oc --context prod get pods', ['namespace']],
    ['helm upgrade checkout ./chart -n prod', ['context']],
    ['helm template checkout ./chart', []],
    ['flux reconcile kustomization apps', ['context']],
    ['argocd app sync checkout', ['host']],
    ['docker restart checkout', ['context']],
    ['docker -H ssh://node-7 restart checkout', []],
    ['docker compose up -d', ['context', 'project']],
    ['virsh shutdown web-1', ['host']],
    ['incus stop web', ['remote', 'project']],
  ])('%s', (command, kinds) => {
    expect(open(command)).toEqual(kinds);
  });
});

describe('whether it talks over a network', () => {
  test.each([
    ['kubectl get pods', true],
    ['kubectl config view', false],
    ['kubectl kustomize overlays/prod', false],
    ['helm lint ./chart', false],
    ['helm status checkout', true],
    ['docker ps', true],
    ['podman ps', false],
    ['podman --remote ps', true],
    ['podman pull quay.io/orders:1', true],
    ['crictl ps', false],
    ['skopeo inspect docker://quay.io/orders:1', true],
    ['kubeadm certs check-expiration', false],
  ])('%s', (command, network) => {
    expect(explainCommand(command).network).toBe(network);
  });
});

describe('how to rehearse, what to note first, and how to undo it', () => {
  test.each([
    [
      'kubectl delete deploy checkout -n prod',
      'kubectl delete --dry-run=server',
      'kubectl get deploy checkout -n prod -o yaml',
      /apply of the saved manifest/,
    ],
    [
      'kubectl scale deploy/checkout --replicas=5 -n prod',
      'kubectl scale --dry-run=server',
      "kubectl get deploy/checkout -n prod -o jsonpath='{.spec.replicas}'",
      /scale back/,
    ],
    [
      'kubectl rollout restart deploy/checkout',
      null,
      'kubectl rollout history deploy/checkout',
      /rollout undo/,
    ],
    [
      "kubectl delete pod -l 'app in (a, b)'",
      'kubectl delete --dry-run=server',
      "kubectl get pod -l 'app in (a, b)' -o yaml",
      /controller makes another/,
    ],
    [
      'kubectl delete ns sandbox',
      'kubectl delete --dry-run=server',
      'kubectl get all,configmaps,ingresses,pvc -n sandbox -o yaml',
      /backup/,
    ],
    [
      'kubectl drain node-7',
      'kubectl drain --dry-run=server',
      'kubectl get pods -A -o wide --field-selector spec.nodeName=node-7; kubectl get pdb -A',
      /uncordon/,
    ],
    [
      'kubectl apply -f -',
      'kubectl apply --dry-run=server',
      'kubectl get -o yaml of the objects in the manifest',
      /rollout undo/,
    ],
    ['kubectl delete pod a --dry-run=server', null, null, null],
    [
      'helm upgrade checkout ./chart -n prod',
      'helm upgrade --dry-run=server',
      'helm history checkout -n prod; helm get values checkout -n prod',
      /rollback/,
    ],
    ['helmfile apply', 'helmfile diff', 'helm history of each release', /rollback/],
    [
      'argocd app sync checkout',
      'argocd app diff, or argocd app sync --dry-run',
      'argocd app history checkout',
      /app rollback/,
    ],
    ['docker rm checkout', null, 'docker inspect checkout', /docker run/],
    ['docker volume prune', 'docker volume ls -f dangling=true', null, null],
    ['docker compose down', 'docker compose down --dry-run', null, /up -d$/],
    [
      'docker compose down -v',
      'docker compose down --dry-run',
      'docker compose volumes, and a backup of what is in them',
      /restored backup/,
    ],
    [
      'kubeadm upgrade apply v1.31.2 -y',
      'kubeadm upgrade plan, or kubeadm upgrade apply --dry-run',
      'an etcd snapshot, and a copy of /etc/kubernetes',
      null,
    ],
    ['virsh undefine web-1', null, 'virsh dumpxml web-1', /virsh define/],
  ] as const)('%s', (command, preview, captureFirst, inverse) => {
    const found = explainCommand(command);
    expect(found.preview).toBe(preview);
    expect(found.captureFirst).toBe(captureFirst);
    if (inverse === null) expect(found.inverse).toBeNull();
    else expect(found.inverse).toMatch(inverse);
  });
});

describe('words that look like others', () => {
  test.each([
    // The file of compose is no `--follow`.
    ['docker compose -f prod.yml logs --tail 5 web', 'read-only', 'capture'],
    ['docker compose -f prod.yml logs -f web', 'read-only', 'stream'],
    ['docker compose -f prod.yml rm web', 'destructive', 'terminal'],
    // What a list names is whatever happens to run.
    ['docker stop $(docker ps -q)', 'destructive', 'capture'],
    ['docker ps -q | xargs docker stop', 'destructive', 'capture'],
    ['docker stop "$NAME"', 'mutating', 'capture'],
    // Tools without listed verbs never only read.
    ['pvesh delete /nodes/a/qemu/101', 'destructive', 'capture'],
    ['pvecm frobnicate', 'mutating', 'capture'],
    ['rosa delete cluster -c prod', 'destructive', 'terminal'],
    ['kubectl attach web-0', 'read-only', 'stream'],
    ['kubectl attach -i web-0', 'mutating', 'terminal'],
    ['kubectl run job --image=busybox -- tail -f /dev/null', 'mutating', 'capture'],
  ] as const)('%s', (command, risk, mode) => {
    expect(explainCommand(command)).toMatchObject({ risk, mode });
  });
});
