package host

import (
	"context"
	"net/http"

	"github.com/mock-docspace/mock-docspace/mockserver/control"
	"github.com/mock-docspace/mock-docspace/mockserver/internal/controlapi"
)

func (c controller) ListSnapshots(ctx context.Context, _ controlapi.ListSnapshotsRequestObject) (controlapi.ListSnapshotsResponseObject, error) {
	list := controlapi.ListSnapshots200JSONResponse{}
	for _, saved := range serverFrom(ctx).Snapshots() {
		list = append(list, control.Snapshot{Name: saved.Name, Saved: saved.Saved.UTC()})
	}
	return list, nil
}

func (c controller) SaveSnapshot(ctx context.Context, r controlapi.SaveSnapshotRequestObject) (controlapi.SaveSnapshotResponseObject, error) {
	saved, err := serverFrom(ctx).SaveSnapshot(r.Name)
	if err != nil {
		return nil, err
	}
	return controlapi.SaveSnapshot200JSONResponse{Name: saved.Name, Saved: saved.Saved.UTC()}, nil
}

func (c controller) RestoreSnapshot(ctx context.Context, r controlapi.RestoreSnapshotRequestObject) (controlapi.RestoreSnapshotResponseObject, error) {
	if !serverFrom(ctx).RestoreSnapshot(r.Name) {
		return nil, noSnapshot(r.Name)
	}
	return controlapi.RestoreSnapshot204Response{}, nil
}

func (c controller) DeleteSnapshot(ctx context.Context, r controlapi.DeleteSnapshotRequestObject) (controlapi.DeleteSnapshotResponseObject, error) {
	if !serverFrom(ctx).RemoveSnapshot(r.Name) {
		return nil, noSnapshot(r.Name)
	}
	return controlapi.DeleteSnapshot204Response{}, nil
}

func noSnapshot(name string) error {
	return refuseControl(http.StatusNotFound, "there is no snapshot of the name %.110q", name)
}
